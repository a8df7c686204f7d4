"""The words of the page in its languages."""


def N_(text: str) -> str:
    """Marks a text for translation that reaches `t` by a name (as gettext calls it)."""
    return text
