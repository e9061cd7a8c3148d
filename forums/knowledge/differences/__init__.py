"""What kind of difference it is: where networks differ on a statement, both sides say whether about facts, values,
experience or words.

Its rules: only those who counted for one of the two networks farthest apart, and answered the statement, say it; one kind
a member a statement, changeable; told is only what most of a side said, once five of each side have, in steps of five.
"""
