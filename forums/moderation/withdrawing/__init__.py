"""Taking a picture, a line of a ledger, a private message or a statement out of sight, and showing it again.

1. What it stands in stays: its text is made anew without the picture, a line says that a message or an entry was there.
2. The decision is about what it stood in (a text, an activity, a network, the member who wrote or took it in), so its log,
   its readers and its appeal are those of that; `details` names the thing itself, to nobody.
   Of a statement that is its topic; told is who wrote it.
3. Of a message the log says that it was one: not who wrote it, nor to whom.
4. Undone is the decision, not the thing: at its desk, or by an appeal.
"""
