"""Why not? Where an expected text went, step by step."""
