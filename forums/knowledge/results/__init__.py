"""What came of a round of votes, as it is told: computed by the worker, rounded, in steps, never of a few.

Its rules: no page computes, each reads what was published last; nobody reads any of it, by any door, before
she may (`access.py`); no figure of fewer than five people, and none from which one of fewer can be had.
"""
