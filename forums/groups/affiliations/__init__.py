"""An affiliation is an organisation in a network.

1. Both sides agree; either takes it back.
2. It is shown, and counted, once both have said yes.
"""
