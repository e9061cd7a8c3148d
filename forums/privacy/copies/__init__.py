"""A copy of all that is held of a member: JSON and pictures in a ZIP, made by the worker, hers alone.

One a day, there for seven days, then its file is gone. Nothing of it lies under MEDIA_ROOT: a web server gives it to nobody.
The worker goes on where it was when it ended: rows are written a lot at a time, and how far it came is kept with them.
"""
