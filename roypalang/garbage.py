"""When Python looks for objects that nothing holds but each other: seldom, and not among those all requests share."""

import gc

# Made and not taken back before it looks, ten times as many as Python's own. A page leaves some two hundred: to look
# through the young ones costs a twentieth of it, and so seldom nearly nothing. Some 4 MB of a process.
SELDOM = 20_000


def settle() -> None:
    """All there is now stays for ever: looked through once more, and never again. For who serves, once all is loaded."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(SELDOM)
