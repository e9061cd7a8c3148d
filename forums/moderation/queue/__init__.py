"""What waits for somebody to look: one table for all of it, whatever it is.

1. A thing has at most one open case of a kind; what comes later joins it.
2. A case stands where its wait puts it; each point of its weight counts as three hours of waiting.
3. Whoever takes a case says so, deliberately; she may give it back. Nobody decides about her own.
4. What follows when a case ends is registered by the noun whose kind it is.
"""
