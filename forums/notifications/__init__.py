"""What the house tells a member outside its pages: emails, written in actions, sent afterwards.

1. An action's last lines put rows into the outbox, in its transaction: undone, nothing is sent.
2. `manage.py deliver` sends them; each kind says then, with `visible_to`, what it may still tell.
3. What its reader may no longer see is not sent.
"""
