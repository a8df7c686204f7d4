"""Small PDF, Word and OpenDocument files, made by hand for the tests."""

import io
import struct
import zipfile
from collections.abc import Sequence


def pdf(pages: list[list[str]]) -> bytes:
    """A PDF with the given lines, written by hand."""
    objects = {1: "<</Type/Catalog/Pages 2 0 R>>"}
    font = "<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>"
    for number, lines in enumerate(pages):
        page, body = 3 + 2 * number, 4 + 2 * number
        shown = " ".join(f"({line}) Tj T*" for line in lines)
        code = f"BT /F1 12 Tf 72 720 Td 14 TL {shown} ET"
        objects[page] = (
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents {body} 0 R/Resources{font}>>"
        )
        objects[body] = f"<</Length {len(code)}>>stream\n{code}\nendstream"
    kids = " ".join(f"{3 + 2 * number} 0 R" for number in range(len(pages)))
    objects[2] = f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>"
    out, offsets = b"%PDF-1.4\n", []
    for number in sorted(objects):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{objects[number]}\nendobj\n".encode()
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    end = f"trailer<</Size {len(objects) + 1}/Root 1 0 R>>\nstartxref\n{len(out)}\n%%EOF"
    return out + f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}{end}".encode()


OFFICE = "http://schemas.openxmlformats.org"
NAMES = {
    "w": f"{OFFICE}/wordprocessingml/2006/main",
    "p": f"{OFFICE}/presentationml/2006/main",
    "a": f"{OFFICE}/drawingml/2006/main",
    "r": f"{OFFICE}/officeDocument/2006/relationships",
    "wp": f"{OFFICE}/drawingml/2006/wordprocessingDrawing",
    "mc": f"{OFFICE}/markup-compatibility/2006",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "v": "urn:schemas-microsoft-com:vml",
}
ODF = {
    "office": "office", "text": "text", "table": "table", "draw": "drawing",
    "presentation": "presentation", "svg": "svg-compatible", "manifest": "manifest",
}  # fmt: skip
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
_WORD_PARTS = {"document": "document.main", "footnotes": "footnotes"}
_SLIDE_PARTS = {"presentation": "presentation.main", "slides": "slide"}


def archive(parts: dict[str, str], *, mimetype: str = "", kind: str = "") -> bytes:
    """A ZIP of XML parts. `mimetype`: of OpenDocument and EPUB. `kind`: of Office Open XML, whose
    list of content types is added."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as packed:
        if mimetype:
            packed.writestr("mimetype", mimetype)
        if kind:
            packed.writestr("[Content_Types].xml", _HEAD + _content_types(parts, kind))
        for name, text in parts.items():
            packed.writestr(name, _HEAD + text)
    return buffer.getvalue()


def _content_types(parts: dict[str, str], kind: str) -> str:
    known = {**_WORD_PARTS, **_SLIDE_PARTS}
    rels = "application/vnd.openxmlformats-package.relationships+xml"
    types = f'<Default Extension="rels" ContentType="{rels}"/>'
    for name in parts:
        folder, _, last = name.rpartition("/")
        role = known.get(last.removesuffix(".xml")) or known.get(folder.rpartition("/")[2])
        if role and not name.endswith(".rels"):
            types += (
                f'<Override PartName="/{name}" ContentType="application/'
                f'vnd.openxmlformats-officedocument.{kind}.{role}+xml"/>'
            )
    return f'<Types xmlns="{OFFICE}/package/2006/content-types">{types}</Types>'


def package_part(name: str, inner: str) -> str:
    """The XML of a part of Office Open XML, whose root has the given name."""
    spaces = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NAMES.items())
    return f"<{name} {spaces}>{inner}</{name}>"


def relations(targets: list[tuple[str, str]]) -> str:
    """The relations of a part, (kind, target) each; the ids are r1, r2, …"""
    inner = "".join(
        f'<Relationship Id="r{n}" Type="{NAMES["r"]}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(targets, start=1)
    )
    return f'<Relationships xmlns="{OFFICE}/package/2006/relationships">{inner}</Relationships>'


def docx(body: str, notes: Sequence[str] = ()) -> bytes:
    """A Word file of the least possible parts. `notes`: paragraphs of the footnotes 1, 2, …"""
    parts = {
        "_rels/.rels": relations([("officeDocument", "word/document.xml")]),
        "word/document.xml": package_part("w:document", f"<w:body>{body}</w:body>"),
    }
    if notes:
        each = "".join(f'<w:footnote w:id="{n}">{p}</w:footnote>' for n, p in enumerate(notes, 1))
        parts["word/footnotes.xml"] = package_part("w:footnotes", each)
        parts["word/_rels/document.xml.rels"] = relations([("footnotes", "footnotes.xml")])
    return archive(parts, kind="wordprocessingml")


def odf(body: str, kind: str = "text") -> bytes:
    """An OpenDocument file of the least possible parts."""
    urn = "urn:oasis:names:tc:opendocument:xmlns"
    spaces = " ".join(f'xmlns:{prefix}="{urn}:{name}:1.0"' for prefix, name in ODF.items())
    mimetype = f"application/vnd.oasis.opendocument.{kind}"
    content = (
        f'<office:document-content {spaces} office:version="1.3"><office:body>'
        f"<office:{kind}>{body}</office:{kind}></office:body></office:document-content>"
    )
    entries = {"/": mimetype, "content.xml": "text/xml"}
    listed = "".join(
        f'<manifest:file-entry manifest:full-path="{path}" manifest:media-type="{media}"/>'
        for path, media in entries.items()
    )
    manifest = f"<manifest:manifest {spaces}>{listed}</manifest:manifest>"
    parts = {"content.xml": content, "META-INF/manifest.xml": manifest}
    return archive(parts, mimetype=mimetype)


def compound_file(streams: dict[str, bytes]) -> bytes:
    """An archive of older Office programs (MS-CFB) with these streams, each filled up with zeros to
    4,096 bytes, from which on a stream lies in sectors of its own."""
    sectors: list[bytes] = []
    table: list[int] = []

    def add(content: bytes) -> int:
        first, count = len(sectors), -(-len(content) // 512)
        padded = content.ljust(count * 512, b"\0")
        sectors.extend(padded[at : at + 512] for at in range(0, len(padded), 512))
        table.extend([*range(first + 1, first + count), _END])
        return first

    names = sorted(streams, key=lambda name: (len(name), name.upper()))
    entries = [_entry("Root Entry", 5, child=1 if names else _NONE)]
    for number, name in enumerate(names, 2):
        content = streams[name].ljust(4_096, b"\0")
        after = number if number <= len(names) else _NONE
        entries.append(_entry(name, 2, right=after, start=add(content), size=len(content)))
    directory = add(b"".join(entries))
    last = add(struct.pack(f"<{len(table) + 1}I", *table, 0xFFFFFFFD).ljust(512, b"\xff"))
    facts = (0x3E, 3, 0xFFFE, 9, 6, 0, 0, 0, 1, directory, 0, 4_096, _END, 0, _END, 0, last)
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<6H11I", *facts)
    return head.ljust(512, b"\xff") + b"".join(sectors)


_NONE, _END = 0xFFFFFFFF, 0xFFFFFFFE


def _entry(
    name: str, kind: int, right: int = _NONE, child: int = _NONE, start: int = _END, size: int = 0
) -> bytes:
    raw = f"{name}\0".encode("utf-16-le")
    facts = struct.pack("<HBBIII", len(raw), kind, 1, _NONE, right, child)
    return raw.ljust(64, b"\0") + facts + bytes(36) + struct.pack("<IQ", start, size)
