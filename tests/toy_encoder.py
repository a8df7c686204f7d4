"""An instant encoder for tests: words are hashed into a bag, so shared words = near vectors."""

import hashlib
import re

import numpy as np

from qa.encoders.pair import EncoderPair

WORD = re.compile(r"\w+|[^\w\s]")


class ToyTokenizer:
    """One token per word or punctuation mark."""

    def token_spans(self, texts):
        return [[match.span() for match in WORD.finditer(text)] for text in texts]


class ToyEncoder:
    """Satisfies `qa.encoders.protocol.Encoder`; `salt` makes it another model."""

    def __init__(self, salt="", dim=64, max_tokens=256):
        self.name = f"toy{salt}"
        self.fingerprint = hashlib.sha256(f"toy{salt}{dim}".encode()).hexdigest()[:16]
        self.dim = dim
        self.max_tokens = max_tokens
        self.encoded = 0
        self._salt = salt

    def vocabulary(self):
        return []

    def encode_query(self, texts):
        return np.array([self._vector(text) for text in texts], np.float32).reshape(-1, self.dim)

    def encode_documents(self, texts, on_batch=None):
        self.encoded += len(texts)
        if on_batch is not None:
            on_batch(len(texts))
        return self.encode_query(texts)

    def close(self):
        pass

    def _vector(self, text):
        vector = np.zeros(self.dim, np.float32)
        for word in WORD.findall(text.lower()):
            digest = hashlib.sha256((self._salt + word).encode()).digest()
            vector[digest[0] % self.dim] += 1.0 if digest[1] % 2 else -1.0
        norm = np.linalg.norm(vector)
        if norm == 0:
            vector[0] = norm = 1.0
        return vector / norm


def toy_pair(encoder=None):
    """What `qa.encoders.pair.prepare` gives, over the toy."""
    encoder = encoder or ToyEncoder()
    return EncoderPair(encoder, ToyTokenizer(), lambda: encoder)
