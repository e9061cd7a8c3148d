"""The ledger (งบประมาณโปร่งใส) is what a network shows of its money, if it wishes.

1. Off unless a coordinator turns it on.
2. Amounts are in baht with two decimals, above zero; a line is income or an expense.
3. Every change of a line keeps the line before it, with who, when and why.
"""
