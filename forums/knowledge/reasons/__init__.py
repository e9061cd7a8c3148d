"""Reasons: a comment of the topic that its author says to be why she agrees with a statement, does not, or is not sure.

Its rules: a reason is signed and read by whoever reads the topic, unlike an answer, and the form says so; it is a post
like any other, so what holds of posts (moderation, reports, marks, editing, leaving) holds of it; of a member one a
statement, so that nobody speaks for a side by speaking more often; beside every figure stands one, quoted from each
network alike: the most useful, then the oldest.
"""
