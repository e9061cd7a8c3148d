"""Speaking for one another: "what you mean is …", and whoever is meant says whether it is.

1. Anybody who reads a post restates it in a line of 200 letters; its author answers: that is it, or not yet, and what is missing.
2. Until she has, nobody but they two reads it: nobody is said to mean what she has not looked at.
3. After *not yet* one tries again, three times at most; one of hers waits at a time.
4. There are no points: what counts is that two understand each other.
"""
