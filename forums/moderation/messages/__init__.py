"""What members reported of their private messages: moderators see the copy a report keeps, and answer who sent it.

Nothing here opens a conversation, and no answer stands in the public log. What follows for the writer is a decision about
the member, as always.
"""
