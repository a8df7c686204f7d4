"""The tabs of the page: they lay out fields and wire them; decisions are made below."""
