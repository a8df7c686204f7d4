"""A set of sources → a new live generation of the index, and everything that changes it.

What the index is built from (`source_set`, `source_keeper`), the build in a process of its own
(`job`, `worker`, `build`), going back (`history`), checks (`verify`), pinned questions (`pins`)
and removal without a trace (`purge`). It asks `qa.answering` to prove a new generation before
the switch. It knows nothing of shells or of pages.
"""
