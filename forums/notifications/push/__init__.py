"""What a member is told, on the screen of a device she turned it on for (Web Push).

- Off where the site has no key of its own (`settings.VAPID_KEY`): then nothing of it is shown.
- A device is a session: whatever ends the session (signing out, there or elsewhere, a new password, erasing) ends it.
- What is pushed is made when it is sent, of what is unread and can be read then; it says what kind of thing waits and
  how many, never whose words. The push service and the screen's lock read no more than that.
- One row a device is all that waits: it says when to look next. Gathered, at most one in GAP, none in quiet hours.
- An address a browser gave us is a stranger's word: only https, only to public hosts, nothing followed, nothing read on.
"""
