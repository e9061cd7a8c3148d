"""Passed by its owners: somebody of one network says what another thinks of a topic, and people of that one say how well it fits.

1. Five of them, a week and more in it, read it beside their network's own words: unlabelled, in an order of each reader's own.
2. It passes when on the whole it fits as well as their own words, within a quarter of a step of five.
3. It is told once, of all five together: nobody's answer is shown, and none can be had by subtracting.
4. One of hers waits at a time; three may fail; after two weeks without five readers it is over, and counts against nobody.
5. Only what passed, or its own words, may stand for a network elsewhere (`standing.stands_for`).
"""
