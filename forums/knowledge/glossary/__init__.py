"""What a word means to each network: a card of two lines, where one word of a topic means different things.

Its rules: a network's card is written in its name, by who speaks for it, where it takes part; a new version takes the
place of the one before, which stays; a word stands where at least one network has said what it means; no card is right.
"""
