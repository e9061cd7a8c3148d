"""Statements, votes, polls and exports × every state of theirs, of their topic and its board × everybody.

What each address answers stands in tables beside this (*.txt): a line an address, a column a person. Whoever changes who may
see or do something changes a line there, and reads in it who else is concerned.
"""
