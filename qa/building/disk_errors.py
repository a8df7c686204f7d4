"""When the disk refuses: the many errors of the libraries that write an index, as one sentence."""

from __future__ import annotations

import errno

_FULL = ("no space left", "disk is full", "file too large", "disk quota", "os error 28")
_FORBIDDEN = ("read-only", "readonly", "permission denied", "unable to open database")
_BROKEN = ("disk i/o error", "input/output error")
_FULL_NUMBERS = (errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC))


def disk_error_message(error: BaseException) -> str | None:
    """The sentence for an error that means that the disk refused; None for any other.

    >>> disk_error_message(OSError(28, "No space left on device"))[:53]
    'The index could not be written: the disk is full (No '
    >>> disk_error_message(ValueError("nonsense")) is None
    True
    """
    told = " ".join(str(error).split())
    low = told.lower()
    if getattr(error, "errno", None) in _FULL_NUMBERS or any(word in low for word in _FULL):
        reason, mend = "the disk is full", "free some space"
    elif any(word in low for word in _FORBIDDEN):
        reason, mend = "the folder may not be written", "mend the folder's rights"
    elif isinstance(error, OSError) or any(word in low for word in _BROKEN):
        reason, mend = "the disk refused", "free some space or mend the folder's rights"
    else:
        return None
    detail = getattr(error, "strerror", None) or told
    place = f", {error.filename}" if isinstance(error, OSError) and error.filename else ""
    return (
        f"The index could not be written: {reason} ({detail}{place}). The index that was there "
        f"before is unchanged; {mend}, then build again."
    )
