"""What the house tells a member: on her page of notifications, and outside by emails. Written in actions, told afterwards.

1. An action's last lines say it once, in its transaction: `telling.tell`. Undone, nothing is told.
2. `manage.py deliver` does the rest: emails are sent (`actions`), notifications made for each who is to hear it (`inbox`).
3. Each kind says then, with `visible_to`, what it may still tell: what its reader may no longer see is neither sent nor shown.
4. Nobody is told of what she did herself, of whom she blocked, or twice of one thing.
"""
