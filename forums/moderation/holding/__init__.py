"""What is looked at before it is shown: the limits of newcomers, and texts that wait for a moderator.

1. What waits is hidden as well, so nothing that asks for what is shown can leak it; its number is taken.
2. Its author is told that it waits and why, reads it, and may take it back. Nobody else knows more than that it waits.
3. What follows a text (being found, being told of, being counted) follows when it is let through.
4. A limit says what it is before anything is lost: the text comes back with it.
"""
