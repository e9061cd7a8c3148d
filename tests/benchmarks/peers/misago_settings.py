"""Misago's settings as its own project has them, in production: no debugging, kept connections, a cache in the process.

It says of that cache that it does not run well with several processes; here is one, and none is quicker.
"""

import os

from devproject.settings import *  # noqa: F403
from devproject.settings import DATABASES, MIDDLEWARE

_FOLDER = os.environ["PEER_FOLDER"]

DEBUG = False
SECRET_KEY = "measured"
DATABASES["default"] |= {
    "NAME": os.environ["PEER_DATABASE"],
    "USER": os.environ["PEER_USER"],
    "HOST": os.environ["PEER_SOCKETS"],
    "PORT": "",
    "CONN_MAX_AGE": None,
}
MIDDLEWARE = [name for name in MIDDLEWARE if not name.startswith("debug_toolbar")]
CELERY_BROKER_URL = "memory://"  # what is to be done later costs nothing here
STATIC_ROOT = f"{_FOLDER}/static"
MEDIA_ROOT = f"{_FOLDER}/media"
MISAGO_USER_DATA_DOWNLOADS_WORKING_DIR = f"{_FOLDER}/copies"
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
