"""Programs that read the site, and how much anybody reads: a list the operator edits, and limits an address has.

1. A crawler that says its name is allowed, slowed or refused by one list; robots.txt says the same of it beforehand.
2. Whoever says nothing true of himself is an address like others: pages, deep pages and feeds have a light pace.
3. A member reads by her own count, at five pages a second and more; nothing is written for it, and no puzzle is set.
"""
