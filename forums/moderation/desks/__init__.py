"""The moderators' desks in the Django admin: lists that never count, pages that only show, acts that ask why.

1. One table of acts (`acts`) says what is offered where, on the desks and beside the thing itself.
2. Nothing here writes but through the actions to its left; nothing is added, edited or deleted by hand.
"""
