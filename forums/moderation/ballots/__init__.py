"""Ballots of one network that are alike and came within an hour: moderators of the site are told.

Its rules: whose they are is said, never what they answer; they count once whatever is decided (`knowledge.results`).
"""
