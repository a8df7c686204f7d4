"""Appointments of a calendar (RFC 5545) → blocks, each as lines of name and value. Pure."""

from __future__ import annotations

import re

from qa.documents.blocks import Block

_NAMES = {
    "SUMMARY": "What", "DTSTART": "From", "DTEND": "To", "DUE": "Due", "RRULE": "Repeats",
    "LOCATION": "Where", "ORGANIZER": "Organizer", "ATTENDEE": "Attendee", "DESCRIPTION": "About",
}  # fmt: skip


def event_blocks(text: str) -> list[Block]:
    """The appointments and tasks, without their alarms.

    >>> text = "BEGIN:VEVENT\\nSUMMARY:Visit\\nDTSTART:20310309T103000\\nEND:VEVENT"
    >>> [block.text for block in event_blocks(text)]
    ['What: Visit\\nFrom: 2031-03-09 10:30']
    """
    unfolded = re.sub(r"\r?\n[ \t]", "", text)
    blocks = []
    for _, event in re.findall(r"BEGIN:(VEVENT|VTODO)(.*?)END:\1", unfolded, re.S):
        own = re.sub(r"BEGIN:VALARM.*?END:VALARM", "", event, flags=re.S)
        lines = [line for line in map(_line, own.splitlines()) if line]
        blocks += [Block("\n".join(lines), fixed=True)] if lines else []
    return blocks


def _line(line: str) -> str:
    """A property as "name: value"; "" for one that nobody is shown.

    >>> _line("ATTENDEE;CN=Jon Vik:mailto:jon@example.org"), _line("UID:7")
    ('Attendee: Jon Vik <jon@example.org>', '')
    """
    found = re.fullmatch(r"([\w-]+)((?:;[\w-]+=(?:\"[^\"]*\"|[^\";:]*))*):(.*)", line)
    name = _NAMES.get(found[1].upper(), "") if found else ""
    if found is None or not name:
        return ""
    given = dict(re.findall(r";([\w-]+)=\"?([^\";]*)\"?", found[2]))
    plain = re.sub(r"\\([,;\\])", r"\1", re.sub(r"\\[nN]", " ", found[3])).strip()
    value = re.sub(r"(?i)^mailto:", "", plain)
    if given.get("CN"):
        value = f"{given['CN']} <{value}>"
    zone = f" ({given['TZID']})" if given.get("TZID") else ""
    return f"{name}: {_moment(value)}{zone}" if value else ""


def _moment(value: str) -> str:
    """20310315T083000Z → 2031-03-15 08:30 UTC; anything else as it is.

    >>> _moment("20310315T083000Z"), _moment("Room 4")
    ('2031-03-15 08:30 UTC', 'Room 4')
    """
    found = re.fullmatch(r"(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)\d\d(Z?))?", value)
    if found is None:
        return value
    year, month, day, hour, minute, zone = found.groups()
    clock = f" {hour}:{minute}{' UTC' if zone else ''}" if hour else ""
    return f"{year}-{month}-{day}{clock}"
