"""An old version of a text (ฉบับเก่า) is closed, or opened again.

1. Its author closes it and says nothing more; moderators say why, and it stands in the log.
2. What a text says now is not closed: it is edited first, or the whole of it is hidden.
3. Of a network's view its coordinators decide as moderators do: with a reason, in the log.
4. Who may moderate where it stands opens it again, whoever closed it; what the site's moderators closed only they.
"""
