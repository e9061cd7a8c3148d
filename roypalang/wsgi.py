"""The door a web server knocks on."""

import os
import sys

from django.core.wsgi import get_wsgi_application
from django.db import connections

from roypalang.building import build
from roypalang.unread import read_to_the_end

# A page that waits for the database six times asks as often for its turn at the interpreter. Beside a page that
# computes it waited 5 ms each time, Python's usual turn; a turn of 1 ms costs nothing that can be measured.
sys.setswitchinterval(0.001)

build()  # or, without its catalogues, the site would speak English
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "roypalang.settings")
application = read_to_the_end(get_wsgi_application())

from roypalang.warming import warm  # noqa: E402 - once the application is there

# Nobody waits longer than this for an answer, and no row stays locked for longer. Only what serves pages comes
# through here, before its first connection: commands (migrate, deliver, recount …) take the time they need.
TIMEOUTS = {
    "statement_timeout": "10s",
    "lock_timeout": "5s",
    "idle_in_transaction_session_timeout": "30s",
}
for _database in connections.settings.values():
    _database["OPTIONS"]["options"] += "".join(
        f" -c {name}={end}" for name, end in TIMEOUTS.items()
    )

warm("topics/list.html", "topics/topic.html")  # what most pages stand on
connections.close_all()  # none is opened by that; one that were would be shared by all processes
