"""How the site is served: `gunicorn --config roypalang/gunicorn.py`, from the checkout.

Read from the environment: WEB_BIND, WEB_CONCURRENCY (processes), WEB_THREADS (of each), ACCESS_LOG (a file, or - for
what the process is started by; without it none is written), METRICS_TOKEN.
"""

import os
import shutil
import tempfile
from typing import Any

wsgi_app = "roypalang.wsgi:application"
bind = os.environ.get("WEB_BIND", "127.0.0.1:8000")
worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = int(os.environ.get("WEB_THREADS", "4"))
# Longer than any client thinks between two requests: one that is closed under it costs a sent form.
keepalive = 75
# Loaded before the processes are parted: one that was killed is replaced by another that is warm, in some milliseconds
# where loading takes seconds of processor, and systemd is told that the site is there when it is. So HUP gives
# new processes of the same code; other code is a second gunicorn at the same door (deploy/upgrade.sh).
preload_app = True
control_socket_disable = True

loglevel = "warning"
logger_class = "roypalang.access_log.Logger"
accesslog = os.environ.get("ACCESS_LOG") or None
access_log_format = '%(h)s %(t)s "%(m)s %(U)s" %(s)s %(b)s %(M)sms "%(a)s" %(i)s'

# Where the processes count together (roypalang/metric_files.py). HUP reads this file again: the folder stays.
_FOLDER, _OURS = "PROMETHEUS_MULTIPROC_DIR", "roypalang-metrics-"
if os.environ.get("METRICS_TOKEN") and _FOLDER not in os.environ:
    os.environ[_FOLDER] = tempfile.mkdtemp(prefix=_OURS)


def when_ready(_server: Any) -> None:
    """What all processes share stays so: nobody looks through it for rubbish, nor takes it to pieces as it ends."""
    from roypalang.garbage import settle

    settle()


def child_exit(server: Any, worker: Any) -> None:
    """What it had counted is kept; whatever fails in that, the site goes on."""
    from roypalang.metric_files import fold

    try:
        fold(worker.pid)
    except Exception:
        server.log.exception("What process %s had counted is lost", worker.pid)


def on_exit(server: Any) -> None:
    folder = os.environ.get(_FOLDER, "")
    if os.path.basename(folder).startswith(_OURS):
        shutil.rmtree(folder, ignore_errors=True)
