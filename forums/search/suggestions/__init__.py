"""What somebody may be about to ask, while she is typing."""
