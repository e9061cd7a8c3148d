"""Statements: one idea of a topic in one sentence, for everybody to agree, disagree or pass on.

Its rules: looked at before anybody votes, by somebody else, for reasons that are a published list; unchanged from
the first vote on, so a double one is split and keeps its lineage; whoever wrote one always finds what became of
it; each says that a member wrote it, and from where.
"""
