"""A draft (ฉบับร่าง) is what a member has begun to write and not sent yet, kept for all her devices.

- Only she reads it, wherever she may still write; in no search, feed, log or moderator's page.
- One row is one text at one place (the address its form is sent to, and for a reply the post it answers).
- A save says what its writer has seen: what somebody (her other telephone, another tab) wrote meanwhile is never
  overwritten, both are kept and she chooses.
- Sent, it is emptied in the transaction of the write; what is left for a day only tells a save that comes too late
  that its text is not needed any more.
- At most LIMIT of them; a new one is refused with words, none is dropped.
"""
