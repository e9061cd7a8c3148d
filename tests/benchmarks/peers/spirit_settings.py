"""Spirit's own production settings (its project template): kept connections, a cache in the process, no index of words."""

import os

from spirit_project.settings.prod import *  # noqa: F403

_FOLDER = os.environ["PEER_FOLDER"]

ALLOWED_HOSTS = ["127.0.0.1"]
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": os.environ["PEER_DATABASE"],
        "USER": os.environ["PEER_USER"],
        "HOST": os.environ["PEER_SOCKETS"],
        "CONN_MAX_AGE": None,
    }
}
_HERE = "django.core.cache.backends.locmem.LocMemCache"
CACHES = {
    "default": {"BACKEND": _HERE},
    "st_rate_limit": {"BACKEND": _HERE, "LOCATION": "rate", "TIMEOUT": None},
}
# What a worker would keep for it costs nothing here.
HAYSTACK_CONNECTIONS = {"default": {"ENGINE": "haystack.backends.simple_backend.SimpleEngine"}}
HAYSTACK_SIGNAL_PROCESSOR = "haystack.signals.BaseSignalProcessor"
STATIC_ROOT = f"{_FOLDER}/static"
MEDIA_ROOT = f"{_FOLDER}/media"
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
