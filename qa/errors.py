"""The errors that `qa` raises on purpose.

Each message is one sentence that says what is wrong and what to do about it,
so that the shell and the page can show it as it is.
"""

from __future__ import annotations

REBUILD = "Rebuild: python -m qa index"
"""What mends an index that is damaged or was made otherwise."""


class QAError(Exception):
    """Base of every error raised on purpose by `qa`.

    What differs from one time to another may be given as `values` for the `{names}` of the
    sentence, so that the page can say the same in another language.

    >>> str(QAError("Ask in at most {most} characters.", most=2000))
    'Ask in at most 2,000 characters.'
    """

    def __init__(self, template: str, **values: str | int) -> None:
        self.template, self.values = template, values
        told = {name: f"{v:,}" if isinstance(v, int) else v for name, v in values.items()}
        super().__init__(template.format(**told) if values else template)


class InputError(QAError):
    """A question, a text or an argument that cannot be used as given."""


class SettingsError(InputError):
    """A setting has a value that makes no sense."""


class DocumentError(QAError):
    """A file that cannot be read as a document. The rest of the run goes on."""


class EncoderError(QAError):
    """The embedding model is missing, damaged, out of reach or cannot be exported."""


class IndexMissingError(QAError):
    """There is no index where one was expected."""


class IndexDamagedError(QAError):
    """An index exists, but its files are not what its manifest says."""


class IndexMismatchError(QAError):
    """An index was made by another format version, model or setting than is asked for."""


class BuildError(QAError):
    """A build did not finish. The last good index stays in place."""


class BuildCancelled(BuildError):
    """A build was stopped on request. The last good index stays in place."""


class PinnedLostError(BuildError):
    """A build was refused because a pinned question would lose its answer."""


class FeedbackError(QAError):
    """The file of questions and verdicts cannot be read or written."""


class IndexBusyError(QAError):
    """Another process is building this index right now."""
