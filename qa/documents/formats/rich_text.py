"""Rich text (.rtf) → blocks in reading order: paragraphs, headings, lists, tables, notes.

Follows the Rich Text Format Specification 1.9.1: what a reader of the page sees is read; deleted
and hidden text, comments and running headers are listed as left out, as of Word files.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from qa.documents.encodings import clean_text, one_line
from qa.documents.formats.office_text import OfficeText
from qa.documents.formats.rich_text_flow import Flow
from qa.documents.formats.rich_text_tokens import (
    CHARSETS,
    SIGNS,
    SYMBOL_CHARSET,
    Token,
    decoded,
    tokens,
)
from qa.documents.formats.symbols import symbol
from qa.documents.formats.word_styles import named_level, outline_level
from qa.errors import DocumentError

_LEFT_OUT = {
    **dict.fromkeys(("header", "headerl", "headerr", "headerf"), "header of the pages"),
    **dict.fromkeys(("footer", "footerl", "footerr", "footerf"), "footer of the pages"),
    "annotation": "comment",
}
_HANGING = {"footnote": True, "shptxt": False}
"""Groups that are read after their paragraph, and whether they are notes."""
_KEPT = ("fonttbl", "stylesheet", "title", "listtext", "pntext")
"""Groups whose text is kept apart."""
_SILENT = frozenset(
    "colortbl pict objdata fldinst manager category comment hlinkbase "
    "author operator company keywords subject doccomm xe tc "
    "rxe bkmkstart bkmkend atnid atnauthor atntime atnref atndate nonesttables upr "
    "filetbl revtbl ftnsep ftnsepc ftncn aftnsep aftnsepc aftncn template listtable "
    "listoverridetable rsidtbl generator themedata colorschememapping latentstyles datastore "
    "xmlnstbl mmathPr pgdsctbl datafield formfield pnseclvl leveltext levelnumbers sp sn sv "
    "nonshppict private pntxta pntxtb".split()
)
_SHOWN_EXTRAS = frozenset("shpinst shptxt ud moMath moMathPara shppict nesttableprops".split())
"""Groups marked as optional (`\\*`) that hold text."""


def rich_text(data: bytes) -> OfficeText:
    """Read an RTF text. Raises DocumentError where it is none."""
    if not data.lstrip().startswith(b"{\\rtf"):
        raise DocumentError("It is no RTF text, although its name says so.")
    return _Reader().read(data)


@dataclass
class _State:
    """What holds until the end of a group."""

    sink: str = ""
    encoding: str = ""
    font: int = -1
    substitutes: int = 1
    unseen: str = ""


class _Reader:
    def __init__(self) -> None:
        self._result = OfficeText()
        self._states = [_State()]
        self._flows = [Flow()]
        self._kept: dict[str, list[str]] = {}
        self._fonts: dict[int, tuple[int, str]] = {}
        self._levels: dict[int, int] = {}
        self._default = "cp1252"
        self._bytes = b""
        self._skip = 0
        self._extra = False
        self._number = 0
        self._charset = 0
        self._outline = 0

    @property
    def _state(self) -> _State:
        return self._states[-1]

    @property
    def _flow(self) -> Flow:
        return self._flows[-1]

    def read(self, data: bytes) -> OfficeText:
        for token in tokens(data):
            if token.kind in ("text", "byte"):
                self._take(token)
                continue
            self._decode()
            if token.kind == "{":
                self._states.append(replace(self._state))
                self._skip = 0
            elif token.kind == "}":
                self._close()
            else:
                self._word(token)
        self._decode()
        while len(self._flows) > 1:
            self._end_flow()
        self._result.blocks = self._flow.finished()
        self._result.title = one_line(clean_text("".join(self._kept.get("title", []))))
        return self._result

    def _take(self, token: Token) -> None:
        """Bytes wait until all that belong together are there."""
        data = token.data
        if self._skip:
            passed = min(self._skip, len(data))
            self._skip -= passed
            data = data[passed:]
        self._extra = False
        self._bytes += data

    def _decode(self) -> None:
        if self._bytes:
            data, self._bytes = self._bytes, b""
            charset, name = self._fonts.get(self._state.font, (0, ""))
            if charset == SYMBOL_CHARSET and not self._state.sink:
                self._show("".join(symbol(name, f"F0{byte:02X}") for byte in data))
            else:
                self._show(decoded(data, self._state.encoding or self._default))

    def _show(self, text: str) -> None:
        """A text that is read: shown, kept apart, or left out."""
        sink = self._state.sink
        if sink in _KEPT:
            self._kept.setdefault(sink, []).append(text)
        elif not sink:
            if self._state.unseen:
                self._kept.setdefault(self._state.unseen, []).append(text)
            else:
                self._flow.text.append(text)

    def _close(self) -> None:
        state = self._state
        if len(self._states) > 1:
            self._states.pop()
        self._skip = 0
        if state.sink == "fonttbl":
            name = "".join(self._kept.pop("fonttbl", [])).strip().rstrip(";")
            if name:
                self._fonts[self._number] = self._charset, name
        elif state.sink == "stylesheet":
            name = "".join(self._kept.pop("stylesheet", [])).strip().rstrip(";")
            self._levels[self._number] = self._outline or named_level(name)
            self._number = self._outline = 0
        elif state.sink in ("listtext", "pntext") and self._state.sink != state.sink:
            label = " ".join("".join(self._kept.pop(state.sink, [])).split())
            self._flow.label = label if any(map(str.isalnum, label)) else "-" * bool(label)
        if len(self._flows) > 1 and len(self._states) < self._flow.depth:
            self._end_flow()
        if state.unseen != self._state.unseen:
            self._leave_out(state.unseen)

    def _leave_out(self, what: str) -> None:
        self._result.leave_out("".join(self._kept.pop(what, [])), what)

    def _end_flow(self) -> None:
        """A note, text box, header or comment is read: it hangs on the paragraph around it."""
        flow = self._flows.pop()
        blocks = flow.finished()
        if flow.what in _HANGING:
            note = _HANGING[flow.what]
            self._flow.hanging += [replace(b, fixed=b.fixed or note) for b in blocks]
        else:
            self._result.leave_out(" ".join(b.text for b in blocks), _LEFT_OUT[flow.what])

    def _word(self, token: Token) -> None:
        name, number = token.name, token.number
        state = self._state
        if name == "*":
            self._extra = True
            return
        extra, self._extra = self._extra, False
        if name == "u" and number is not None:
            self._unicode(number)
        elif name == "uc":
            state.substitutes = max(0, number or 0)
        elif name in SIGNS:
            if self._skip:
                self._skip -= 1
            else:
                self._show(SIGNS[name])
        elif name == "ud":
            state.sink = ""
        elif state.sink and state.sink not in _KEPT:
            return
        elif name in _SILENT or name in _KEPT:
            state.sink = name
        elif not state.sink and name in (*_LEFT_OUT, *_HANGING):
            self._flows.append(Flow(name, len(self._states)))
            state.unseen = ""
        elif extra and name not in _SHOWN_EXTRAS:
            state.sink = name
        else:
            self._format(name, number, state)

    def _unicode(self, number: int) -> None:
        code = number % 65536
        if 0xF000 <= code <= 0xF0FF:
            self._show(symbol(self._fonts.get(self._state.font, (0, ""))[1], f"{code:X}"))
        else:
            self._show(chr(code))
        self._skip = self._state.substitutes

    def _format(self, name: str, number: int | None, state: _State) -> None:
        """A control word on fonts, styles, paragraphs or tables."""
        if name == "ansicpg" and number:
            self._default = f"cp{number}"
        elif name in ("mac", "pc", "pca"):
            self._default = {"mac": "mac_roman", "pc": "cp437", "pca": "cp850"}[name]
        elif name == "f" and number is not None:
            if state.sink == "fonttbl":
                self._number, self._charset = number, 0
            else:
                state.font = number
                state.encoding = CHARSETS.get(self._fonts.get(number, (0, ""))[0], "")
        elif name == "fcharset":
            self._charset = number or 0
        elif state.sink == "stylesheet":
            if name == "s":
                self._number = number or 0
            elif name == "outlinelevel":
                self._outline = outline_level(str(number))
        elif name in ("v", "deleted", "plain"):
            unseen = {"v": "hidden text", "deleted": "tracked deletion"}.get(name, "")
            before, state.unseen = state.unseen, "" if number == 0 else unseen
            if before and before != state.unseen:
                self._leave_out(before)
        elif not state.sink:
            self._flow.layout(name, number, self._levels)
