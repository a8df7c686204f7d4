"""Files, folders and pasted text → Documents, without what belongs to the page only."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from qa.datatypes import Document, Dropped, Page, Section, Skipped
from qa.encodings import clean_text, decode
from qa.errors import DocumentError, InputError
from qa.furniture import remove_furniture, repeated_texts
from qa.markup import Block, mark_headings, markdown_blocks, plain_blocks
from qa.settings import Settings
from qa.webpage import main_part


def _endings(names: str) -> frozenset[str]:
    return frozenset("." + name for name in names.split())


PLAIN = _endings("txt text log asc") | {""}
MARKDOWN = _endings("md markdown")
HTML = _endings("html htm xhtml")
DATA = _endings("json jsonl yaml yml toml")
TEXTUAL = DATA | _endings("csv tsv ipynb org rst tex")
OFFICE = _endings("pdf docx doc pptx ppt xlsx xls odt ods epub rtf eml msg xml fb2")
FORMATS = (PLAIN | MARKDOWN | HTML | TEXTUAL | OFFICE) - {""}
"""File name endings that are read."""

_JUNK_TITLE = re.compile(r"(?i)untitled.*|microsoft \w+ - .*|document\d*|.*\.\w{2,5}|.{200,}")


@dataclass(frozen=True)
class Reading:
    """What came of reading: the documents, what was left out and why, and what was read."""

    documents: tuple[Document, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    dropped: tuple[Dropped, ...] = field(default=(), repr=False)
    read: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Parsed:
    """A file's blocks before furniture is removed; `title` may be empty."""

    source: str
    title: str
    blocks: list[Block]
    dropped: list[Dropped]


def read_paths(
    paths: Sequence[Path],
    settings: Settings,
    on_file: Callable[[int, int, str], None] | None = None,
) -> Reading:
    """Reads files and, recursively in sorted order, folders.

    Not read: files and folders whose name begins with a dot, links that lead outside the
    folder, and README.md at the top of a folder (it tells what may be put there). A file
    that cannot be read becomes a `Skipped` and the rest goes on. `on_file` is called with
    (files done, files in all, source) after each. Raises InputError for a missing path.
    """
    skipped: list[Skipped] = []
    files = _files(paths, skipped)
    parsed: list[_Parsed] = []
    for number, (path, source) in enumerate(files, 1):
        try:
            parsed.append(_parse(path, source, settings))
        except DocumentError as error:
            skipped.append(Skipped(source, str(error)))
        if on_file is not None:
            on_file(number, len(files), source)
    repeated = repeated_texts([each.blocks for each in parsed])
    documents: list[Document] = []
    dropped: list[Dropped] = []
    for each in parsed:
        document, left_out = _finish(each, repeated)
        dropped.extend(left_out)
        if document is None:
            skipped.append(Skipped(each.source, "It holds no text."))
        else:
            documents.append(document)
    read = tuple(document.source for document in documents)
    return Reading(tuple(documents), tuple(skipped), tuple(dropped), read)


def from_text(name: str, text: str) -> tuple[Document | None, list[Dropped]]:
    """A pasted text as a document, or None where nothing is left; and what was left out.

    >>> document, dropped = from_text("note", "The Zorblax runs at 42 volts.")
    >>> document.title, document.text, dropped
    ('note', 'The Zorblax runs at 42 volts.', [])
    """
    source = _printable(name.strip()) or "pasted text"
    return _finish(_Parsed(source, "", plain_blocks(clean_text(text)), []), frozenset())


def document_id(source: str, title: str, text: str) -> str:
    """16 hex digits of SHA-256 over the three, joined with NUL.

    >>> document_id("a.txt", "A", "Text.")
    '5b40eff70d9edf70'
    """
    return hashlib.sha256("\0".join((source, title, text)).encode()).hexdigest()[:16]


def readable_name(source: str) -> str:
    """A file name as words.

    >>> readable_name("faq/what-are-kpo_and-bpo.txt")
    'what are kpo and bpo'
    """
    name = source.rsplit("/", 1)[-1]
    stem = Path(name).stem if Path(name).suffix.lower() in FORMATS else name
    return " ".join(re.sub(r"[-_+]+", " ", stem).split()) or name


def _printable(name: str) -> str:
    """A name with a replacement character for every part that is no Unicode text."""
    return re.sub(r"[\ud800-\udfff]", "\ufffd", name)


def _files(paths: Sequence[Path], skipped: list[Skipped]) -> list[tuple[Path, str]]:
    """Every file with its source name, each file and each name once."""
    found: list[tuple[Path, str]] = []
    seen: set[Path] = set()
    names: set[str] = set()
    for path in paths:
        if not path.exists():
            raise InputError(f"There is no file or folder {_printable(str(path))}.")
        walk: Iterator[Path] = iter((path,))
        if path.is_dir():
            walk = _walk(path, path.resolve(), {path.resolve()}, skipped)
        for file in walk:
            real = file.resolve()
            if real in seen or file == path / "README.md":
                continue
            seen.add(real)
            source = file.relative_to(path).as_posix() if path.is_dir() else file.name
            source = _printable(source if source not in names else file.as_posix())
            names.add(source)
            found.append((file, source))
    return found


def _walk(folder: Path, root: Path, visited: set[Path], skipped: list[Skipped]) -> Iterator[Path]:
    """Files under a folder in sorted order; no hidden ones, no links out of `root`."""
    try:
        entries = sorted(folder.iterdir(), key=lambda each: each.name)
    except OSError as error:
        name = _printable(folder.name)
        skipped.append(Skipped(name, f"The folder cannot be opened: {error.strerror}."))
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        try:
            real = entry.resolve(strict=True)
        except (OSError, RuntimeError):  # RuntimeError: a circle of links, before Python 3.13
            skipped.append(Skipped(_printable(entry.name), "It is a link that leads nowhere."))
            continue
        if real != root and root not in real.parents:
            continue
        if entry.is_dir():
            if real not in visited:
                visited.add(real)
                yield from _walk(entry, root, visited, skipped)
        else:
            yield entry


def _parse(path: Path, source: str, settings: Settings) -> _Parsed:
    """Reads one file. Raises DocumentError with the reason where that fails."""
    kind = path.suffix.lower()
    if kind not in FORMATS | {""}:
        raise DocumentError(f"Files ending in {_printable(kind)} are not supported.")
    try:
        if not path.is_file():
            raise DocumentError("It is not a regular file.")
        if path.stat().st_size > settings.max_file_mb * 1_000_000:
            raise DocumentError(f"It is larger than {settings.max_file_mb} MB (max_file_mb).")
        data = path.read_bytes()
    except OSError as error:
        raise DocumentError(f"It cannot be opened: {error.strerror}.") from None
    if not data.strip():
        raise DocumentError("It is empty.")
    if kind in PLAIN:
        return _Parsed(source, "", plain_blocks(clean_text(decode(data))), [])
    if kind in MARKDOWN:
        return _parse_markdown(source, clean_text(decode(data)))
    if kind in HTML:
        return _parse_html(source, data)
    if kind in TEXTUAL:
        data = decode(data).encode()
    return _extract(source, data, path)


def _parse_markdown(source: str, text: str) -> _Parsed:
    title = ""
    front = re.match(r"---\n(.*?\n)(?:---|\.\.\.)(?:\n|$)", text, re.S)
    if front and re.match(r"\w+\s*:", front.group(1)):
        text = text[front.end() :]
        found = re.search(r"^title\s*:\s*(.+)$", front.group(1), re.M)
        title = found.group(1).strip().strip("\"'") if found else ""
    blocks = [replace(block, links=False) for block in markdown_blocks(text)]
    return _Parsed(source, title, blocks, [])


def _parse_html(source: str, data: bytes) -> _Parsed:
    named = re.search(rb"(?:charset|encoding)\s*=\s*[\"']?([\w-]+)", data[:2048])
    text = ""
    if named and not data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        try:
            text = data.decode(named.group(1).decode())
        except (LookupError, UnicodeDecodeError):
            text = ""
    page, title, removed = main_part(clean_text(text or decode(data)))
    dropped = [Dropped(source, text, f"<{tag}> of the web page") for text, tag in removed]
    html = f"<html><body>{page}</body></html>".encode()
    content, _, _ = _kreuzberg(html, "text/html")
    return _Parsed(source, title, markdown_blocks(content), dropped)


def _extract(source: str, data: bytes, path: Path) -> _Parsed:
    """Everything that kreuzberg reads."""
    import kreuzberg

    try:
        mime = kreuzberg.detect_mime_type_from_path(str(path))
    except Exception:  # an odd name; the content decides
        mime = kreuzberg.detect_mime_type(data)
    content, title, pages = _kreuzberg(data, mime)
    if path.suffix.lower() in DATA:
        title = readable_name(source)
    blocks = markdown_blocks(content)
    return _Parsed(source, title, _with_pages(blocks, pages) if pages else blocks, [])


def _kreuzberg(data: bytes, mime: str) -> tuple[str, str, list[tuple[int, str]]]:
    """Text as Markdown, title, and (number, text) of each page. Raises DocumentError."""
    import kreuzberg

    config = kreuzberg.ExtractionConfig(
        output_format="markdown",
        use_cache=False,
        enable_quality_processing=False,
        pages=kreuzberg.PageConfig(extract_pages=mime == "application/pdf"),
    )
    try:
        result = kreuzberg.extract_bytes_sync(data, mime, config=config)
    except Exception as error:  # the library's own errors are not all of one family
        reason = [*str(error).split(": "), ""][1].strip().rstrip(".") or type(error).__name__
        raise DocumentError(f"It cannot be read as {mime}: {reason}.") from None
    title = str(result.metadata.get("title") or result.metadata.get("subject") or "")
    pages = [(int(p["page_number"]), str(p["content"])) for p in result.pages or ()]
    return clean_text(result.content), " ".join(clean_text(title).split()), pages


def _with_pages(blocks: Sequence[Block], pages: Sequence[tuple[int, str]]) -> list[Block]:
    """Gives each block the page on which its first characters are found, in order."""
    plain = [(number, "".join(clean_text(text).split())) for number, text in pages]
    at = position = 0
    result: list[Block] = []
    for block in blocks:
        key = "".join(re.sub(r"^[-*\d.|\s]+", "", block.text).split())[:40]
        for number in range(at, len(plain)):
            found = plain[number][1].find(key, position if number == at else 0)
            if found >= 0 and key:
                at, position = number, found + len(key)
                break
        result.append(replace(block, page=plain[at][0]))
    return result


def _finish(parsed: _Parsed, repeated: frozenset[str]) -> tuple[Document | None, list[Dropped]]:
    """Removes furniture, finds headings and title, and joins the blocks to one text."""
    kept, dropped = remove_furniture(parsed.blocks, parsed.source, repeated)
    blocks = mark_headings(kept)
    if not any(block.text.strip() for block in blocks):
        return None, [*parsed.dropped, *dropped]
    title = "" if _JUNK_TITLE.fullmatch(parsed.title) else parsed.title
    title = title or _first_heading(blocks) or readable_name(parsed.source)
    text, sections, pages = _assemble(blocks)
    identity = document_id(parsed.source, title, text)
    document = Document(identity, title, text, parsed.source, sections, pages)
    return document, [*parsed.dropped, *dropped]


def _first_heading(blocks: Sequence[Block]) -> str:
    """The heading that names the document: the first block, or else its only top heading."""
    top = [block.text for block in blocks if block.level == 1]
    if blocks[0].level:
        return blocks[0].text
    return top[0] if len(top) == 1 else ""


def _assemble(
    blocks: Sequence[Block],
) -> tuple[str, tuple[Section, ...], tuple[Page, ...]]:
    """Joins blocks with a blank line; sections and pages are ranges of the joined text."""
    starts: list[int] = []
    length = 0
    for block in blocks:
        starts.append(length)
        length += len(block.text) + 2
    text = "\n\n".join(block.text for block in blocks)
    heads = [n for n, block in enumerate(blocks) if block.level]
    ends = [*(starts[n] for n in heads[1:]), len(text)]
    path: list[tuple[int, str]] = []
    sections: list[Section] = []
    for number, end in zip(heads, ends, strict=False):
        path = [each for each in path if each[0] < blocks[number].level]
        path.append((blocks[number].level, blocks[number].text))
        sections.append(Section(starts[number], end, tuple(heading for _, heading in path)))
    firsts = [
        n
        for n, block in enumerate(blocks)
        if block.page is not None and (n == 0 or block.page != blocks[n - 1].page)
    ]
    limits = [*(starts[n] for n in firsts[1:]), len(text)]
    pages = tuple(
        Page(blocks[n].page or 1, starts[n], end) for n, end in zip(firsts, limits, strict=False)
    )
    return text, tuple(sections), pages
