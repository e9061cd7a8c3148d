"""How a post is cited elsewhere, and its address passed on: a page for each, ready to copy."""
