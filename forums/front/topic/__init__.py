"""The page of a topic: its posts, who speaks in it, what stands beside it."""
