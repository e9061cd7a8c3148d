"""How the site is served: `gunicorn --config roypalang/gunicorn.py`, from the checkout.

Read from the environment: WEB_BIND, WEB_CONCURRENCY (processes), WEB_THREADS (of each), ACCESS_LOG (a file, or - for
what the process is started by; without it none is written).
"""

import os

wsgi_app = "roypalang.wsgi:application"
bind = os.environ.get("WEB_BIND", "127.0.0.1:8000")
worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = int(os.environ.get("WEB_THREADS", "4"))
# Longer than any client thinks between two requests: one that is closed under it costs a sent form.
keepalive = 75
# Not loaded before the processes are parted: HUP is to load an update. It would save little (171 MB for all
# processes, else 161). `scripts/run.sh` says otherwise.
preload_app = False
control_socket_disable = True

loglevel = "warning"
logger_class = "roypalang.access_log.Logger"
accesslog = os.environ.get("ACCESS_LOG") or None
access_log_format = '%(h)s %(t)s "%(m)s %(U)s" %(s)s %(b)s %(M)sms "%(a)s"'
