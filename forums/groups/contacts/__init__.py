"""Contacts (ช่องทางติดต่อ) and duties: two short lists a network keeps on its page.

1. Each contact says to whom it is shown; the history never says what a contact was.
2. Their order is their coordinators'.
"""
