"""What votes on statements say: pure functions over who voted how, without a table and without Django.

Its rules: the same votes give the same answer, in whatever order they come and whatever the people are
called; no figure of fewer than five people; agreeing across, differing and not being sure are told
alike; nothing here is asked by a page, for what it costs (`groups.py` alone loads numpy).
"""
