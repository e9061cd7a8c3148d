"""Finding anything by its words: posts, and whatever bears the name (docs/search.md)."""
