"""Drills: the site taken into service, broken, and brought back. Started by hand; docs/drills.md says what came of them.

On a Debian of its own, as root:

`debian.py` is that machine, `recipe.py` reads docs/operations.md, `people.py` are those who use the site, `mail.py` a relay.
`install.py` types the recipe from an empty Debian to the first member; `failures.py` goes on where it ended (an update,
a backup brought back, processes killed and disks filled under writers), `costs.py` too: what one account may cost the others.

On ports of this machine: `loopback.py` is the site there, `here.py` breaks it, `clock.py` puts it in another hour, `update.py` comes
from the version before, `soak.py` takes half an hour. `writers.py` write in all of them, `watching.py` compares.
"""
