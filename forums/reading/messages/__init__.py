"""Private messages (ข้อความส่วนตัว) between two to eight members. Nobody else reads them, moderators neither.

1. One set of people has one conversation: whoever begins it again goes on in it. Nobody is added to it later.
2. Between two, each message is written only while both take messages from each other; what stands against it is not told.
3. Who leaves a group stays out until she begins it again, and reads nothing of what was said before. Between two, the next
   message brings her back.
4. A report shows moderators a copy of that message and the three before it, and nothing else.
5. Messages stand in no search, feed, log or letter; an email says who wrote, never what.
"""
