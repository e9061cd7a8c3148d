"""How much the house trusts a member: levels rise by what she read and what others found useful; what each allows is a
table (`accounts.trust`).

1. Level 1 after a day, five topics and thirty posts read; level 2 after fifteen days, her texts found useful by two people
   and in two networks; 3 and 4 by appointment alone.
2. Nobody falls by herself. A moderator may set any of them: one set lower than it was is held down until it is let go.
3. Reckoned in lots for those who were here lately, by one statement each; everybody reads the rules and, of herself, what is missing.
"""
