"""Voting on statements, in rounds.

Its rules: who counts is settled when a round opens; nobody's vote is shown to anybody, ever; no result before five
own votes, by any door; a vote can be changed until the round closes; one person counts once, for one network.
"""
