"""What comes back of our mails: reports of servers that could not deliver one, complaints of readers who call it junk.

1. A report counts only where it holds the return path of that mail, which we signed: nobody stops another's mails.
2. A soft one counts 1, a hard one 2, one a day at most; at 4, or at a complaint, notifications go there no more. All but a
   complaint is forgotten after 30 days, and she can say herself that we should try again.
3. What one signs in with (codes, links) and what tells of a changed account always goes.
4. A score is the address's: another address begins with none.
"""
