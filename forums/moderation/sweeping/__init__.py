"""One form against a spammer: out with her, hidden what she wrote, blocked where it leads.

1. What it takes is shown before; it is done in lots, the next begins where the last one ended.
2. For seven days one button undoes it; afterwards each thing by itself.
"""
