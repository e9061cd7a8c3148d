"""A bookmark (ที่คั่นหน้า) keeps a post for one member, with a note and a day to be reminded of it.

- Nobody else knows of it, not who wrote the post either. A topic is bookmarked by its own text, post number 0.
- One of a post and member, at most LIMIT; one more is refused with words.
- Of what she may no longer read the list says only that, with her own note; a search finds nothing of it.
- A letter tells on the morning of the day, once, what is due and can still be read.
"""
