"""Document → passages of whole sentences, each an exact range of the document's text. Pure.

This package knows nothing of files, models (it is given a tokenizer), indexes or questions.
"""
