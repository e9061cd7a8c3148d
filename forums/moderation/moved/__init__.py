"""What a merge moved: remembered for a week, so that it can be put back.

1. Each row is remembered as it was, and as the merge left it (`put`; none for one it took out).
2. Only what still is as it was put goes back; what somebody has changed since stays as it is now.
3. After a week the rows are forgotten, and the merge is for good.
"""
