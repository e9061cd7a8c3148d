"""How much each page costs, and that no page costs more as a topic grows (docs/performance.md)."""
