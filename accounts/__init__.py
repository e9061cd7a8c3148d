"""Who a person is: the member, how she signs in, what she says of herself.

1. A handle is in one script, Thai or Latin; two handles that look alike to a reader are one.
2. An address is seen by its owner only; no page tells anybody else whether it has an account.
3. Nothing here knows of the forum: only `forums.text`, pure functions, is used.
"""
