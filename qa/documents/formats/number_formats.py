"""Values of cells as a spreadsheet shows them, by their number formats (ECMA-376, 18.8.30)."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

_LITERAL = re.compile(r'"([^"]*)"|\\(.)|\[\$([^\]-]*)[^\]]*\]|_.|\*.|\[[^\]]*\]')
_DIGITS = re.compile(r"[#0?][#0?,]*(?:\.[#0?]*,*)?|\.[#0?]+")
_FRACTION = re.compile(r"[#0?]/([#0?]+)")
_DATE_PARTS = re.compile(r"yyyy|yy|mmmmm|mmmm|mmm|mm|m|dddd|ddd|dd|d|hh|h|ss|s|am/pm|a/p", re.I)
_HOURS = re.compile(r"\[h+\]", re.I)
_MONTHS = "January February March April May June July August September October November December"
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday"


def shown_value(value: object, number_format: str) -> str:
    """A value as its cell shows it.

    >>> shown_value(0.075, "0.00%"), shown_value(-1234.5, '"€"#,##0.00'), shown_value(7, "000")
    ('7.50%', '-€1,234.50', '007')
    >>> shown_value(1500000, '0.0,,"M"'), shown_value(1e-7, "0.00E+00"), shown_value(1.5, "# ?/?")
    ('1.5M', '1.00E-07', '1 1/2')
    >>> shown_value(date(2031, 3, 15), "d mmmm yyyy"), shown_value(time(8, 30), "hh:mm")
    ('15 March 2031', '08:30')
    """
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, datetime | date | time | timedelta):
        return _moment(value, number_format)
    if isinstance(value, int | float):
        return _number(value, number_format)
    return str(value)


def _number(value: float, number_format: str) -> str:
    sections = _sections(number_format)
    code = sections[0]
    if value < 0 and len(sections) > 1:
        code, value = sections[1], -value
    elif value == 0 and len(sections) > 2:
        code = sections[2]
    plain = _LITERAL.sub("", code)
    digits = _DIGITS.search(plain)
    if "general" in plain.lower() or "@" in plain or (digits is None and not plain.strip()):
        shown = _general(abs(value))
    elif re.search(r"[eE][+-]", plain):
        places = len(digits[0].partition(".")[2]) if digits else 0
        shown, code = f"{abs(value):.{places}E}", ""
    elif digits is None or "/" in plain:
        fraction = _FRACTION.search(plain)
        shown = _as_fraction(abs(value), len(fraction[1])) if fraction else _general(abs(value))
        code = ""
    else:
        shown = _formatted(abs(value), digits[0], percents=plain.count("%"))
    sign = "-" if value < 0 and re.search(r"[1-9]", shown) else ""
    return sign + _within(code, shown, bool(digits))


def _sections(number_format: str) -> list[str]:
    """The parts for positive, negative and zero numbers; semicolons in quotes do not part."""
    return re.findall(r'(?:"[^"]*"|\\.|[^;"\\])+', number_format) or ["General"]


def _general(value: float) -> str:
    """A number as a cell without a format shows it, to 10 significant digits."""
    if value == int(value) and value < 1e15:
        return str(int(value))
    return f"{value:.10g}"


def _as_fraction(value: float, digits: int) -> str:
    """A number as a whole and the nearest fraction whose denominator has so many digits.

    >>> _as_fraction(2.5, 1), _as_fraction(0.0625, 2), _as_fraction(3, 1)
    ('2 1/2', '1/16', '3')
    """
    whole, part = divmod(Fraction(value).limit_denominator(10**digits - 1), 1)
    return " ".join(str(each) for each in (whole, part) if each) or "0"


def _formatted(value: float, digits: str, *, percents: int) -> str:
    whole, _, decimals = digits.rstrip(",").partition(".")
    thousands = len(digits) - len(digits.rstrip(","))  # each comma at the end divides by 1,000
    exact = Decimal(repr(value)) * 100**percents / 1000**thousands
    places = len(decimals)
    rounded = exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    text = f"{rounded:,f}" if "," in whole else f"{rounded:f}"
    front, _, back = text.partition(".")
    least = whole.count("0")
    if len(front) < least:
        front = front.rjust(least, "0")
    needed = len(decimals.rstrip("#?"))
    while len(back) > needed and back.endswith("0"):
        back = back[:-1]
    return f"{front}.{back}" if back else front


def _within(code: str, number: str, has_digits: bool) -> str:
    """The number among the signs and words that its format puts around it."""
    if not code:
        return number

    def literal(match: re.Match[str]) -> str:
        return next((group for group in match.groups() if group), "")

    parts, last = [], 0
    for match in _LITERAL.finditer(code):
        parts += [("code", code[last : match.start()]), ("text", literal(match))]
        last = match.end()
    parts.append(("code", code[last:]))
    shown, done = "", False
    for kind, text in parts:
        if kind == "code" and not done and (_DIGITS.search(text) or "general" in text.lower()):
            pattern = _DIGITS if _DIGITS.search(text) else re.compile("general", re.I)
            shown += pattern.sub(lambda _: number, text, count=1)
            done = True
        else:
            shown += text.replace("@", number) if kind == "code" else text
    return " ".join(shown.split()) if done else (number if not has_digits else shown)


def _moment(value: datetime | date | time | timedelta, number_format: str) -> str:
    """A date, a time or a length of time."""
    if isinstance(value, timedelta):
        return _length(value, number_format)
    code = _LITERAL.sub(lambda m: m[0] if m[0].startswith('"') else (m[2] or ""), number_format)
    code = code.split(";", 1)[0].strip()
    if code.lower() in ("general", "", "@"):
        return str(value).removesuffix(" 00:00:00")
    twelve = re.search(r"am/pm|a/p", code, re.I) is not None
    pieces: list[str] = []
    last, before = 0, ""
    for match in _DATE_PARTS.finditer(code):
        token = match[0].lower()
        after = code[match.end() :].lower().lstrip(":.").startswith("s")
        minute = token in ("m", "mm") and (before in ("h", "hh") or after)
        pieces += [code[last : match.start()], _date_part(value, token, minute, twelve)]
        last, before = match.end(), token
    pieces.append(code[last:])
    return " ".join("".join(pieces).replace('"', "").split())


def _date_part(value: datetime | date | time, token: str, minute: bool, twelve: bool) -> str:
    if isinstance(value, time):
        moment = datetime.combine(date(1900, 1, 1), value)
    else:
        moment = value if isinstance(value, datetime) else datetime.combine(value, time())
    month, day = _MONTHS.split()[moment.month - 1], _DAYS.split()[moment.weekday()]
    hour = (moment.hour % 12 or 12) if twelve else moment.hour
    if minute:
        return f"{moment.minute:02d}" if token == "mm" else str(moment.minute)
    return {
        "yyyy": f"{moment.year:04d}", "yy": f"{moment.year % 100:02d}",
        "mmmmm": month[0], "mmmm": month, "mmm": month[:3], "mm": f"{moment.month:02d}",
        "m": str(moment.month), "dddd": day, "ddd": day[:3], "dd": f"{moment.day:02d}",
        "d": str(moment.day), "hh": f"{hour:02d}", "h": str(hour), "ss": f"{moment.second:02d}",
        "s": str(moment.second), "am/pm": "AM" if moment.hour < 12 else "PM",
        "a/p": "A" if moment.hour < 12 else "P",
    }[token]  # fmt: skip


def _length(value: timedelta, number_format: str) -> str:
    """Hours and minutes, counted on beyond a day."""
    seconds = round(value.total_seconds())
    sign, seconds = ("-" if seconds < 0 else ""), abs(seconds)
    hours, minutes, rest = seconds // 3600, seconds // 60 % 60, seconds % 60
    if not _HOURS.search(number_format) and "h" in number_format.lower():
        hours %= 24
    tail = f":{rest:02d}" if "s" in number_format.lower() else ""
    return f"{sign}{hours}:{minutes:02d}{tail}"
