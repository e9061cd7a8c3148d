"""Guess before you look: how many of ten in another network agree; then what they said, and one of their reasons.

Its rules: after five own answers, up to three cards a round, about statements she has answered and networks of which five
and more did; no points, and nobody's guess is kept as hers (`models.NetworkGuess`); how well two networks know each other
is told in steps, by the worker, where both have guessed five times and more.
"""
