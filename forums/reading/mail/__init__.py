"""What a member is mailed of what others write.

- What answers, quotes or names her waits ten minutes; then one letter says all of it that was written in that topic.
- What she has seen meanwhile, in the topic or at the bell, is left out; a letter with nothing in it is not sent.
- Who may read what, and what she wants to hear, is asked when the letter is worded.
"""
