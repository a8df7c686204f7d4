"""One file → blocks: what is read here, in which process, and within which limits."""
