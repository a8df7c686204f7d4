"""Files, folders and pasted text → documents: plain text with its structure, furniture left out.

A file is found (`files`), read by its format (`formats`, in a process of its own where a broken
file could do harm: `extractor`), cut into blocks (`blocks`, `html`) and put together without
the furniture of its page (`boilerplate`, `assemble`). This package knows nothing of passages,
vectors, indexes or questions that people ask.
"""
