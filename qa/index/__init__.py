"""The index: a folder on disk that holds all that is needed to answer.

One file a part: vectors of passages (`dense`) and of sentences, keywords, the catalog of texts,
and the folder of generations with its manifest and lock. This package finds and keeps; it knows
nothing of how an index is built or how candidates become answers.
"""
