"""A topic (กระทู้) is one matter, opened by one text (its post number 0) and answered by comments.

1. Its kind is chosen first and decides what the page offers: an article has contents and a cover,
   a question may have an accepted answer.
2. Whoever may enter the board may read the topic, unless it is hidden or deleted.
3. `last_number` numbers the comments and never falls; `reply_count` is what a reader can read.
4. Lists order by time, never by agreement.
"""
