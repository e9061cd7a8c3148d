"""One file a table; `forums/admin.py` finds them."""
