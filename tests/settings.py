"""The product's settings, with what a test needs otherwise: fast hashes, mail in memory, no build of static files,
no waiting for the disk."""

import tempfile
from pathlib import Path

from roypalang.building import build
from roypalang.settings import *  # noqa: F403
from roypalang.settings import CACHES, DATABASES, FORUMS_LIGHT_PACE

build()  # once, before the workers start; they find it done
SECRET_KEY = "tests"  # noqa: S105
VAPID_KEY = "dGVzdHMgdGVzdHMgdGVzdHMgdGVzdHMgdGVzdHMgdGU"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
_folder = tempfile.TemporaryDirectory(prefix="roypalang-tests-")  # gone when the tests end
MEDIA_ROOT = Path(_folder.name, "media")
STATIC_ROOT = Path(_folder.name, "static")
STATIC_ROOT.mkdir()
# Asked for when they are wanted: each test's client would else look through all of them first.
WHITENOISE_AUTOREFRESH = True
CACHES["process"]["OPTIONS"]["STAMP"] = Path(
    _folder.name, "forgotten"
)  # no other run clears this one's
DATABASES["default"]["CONN_MAX_AGE"] = 0
# What a test wrote need not outlive a power cut: nothing waits for the disk.
DATABASES["default"]["OPTIONS"]["options"] += " -c synchronous_commit=off"
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
ACCOUNTS_MAIL_WAIT = 20  # a test reads the letter after the page
# Most tests are about members who have been here for a while; those about newcomers turn it on.
FORUMS_LOOKS_FIRST = False
FORUMS_KEPT_PAGES = False  # a test looks at what is made; what tries keeping turns it on
FORUMS_TRAFFIC_LOG = False  # it would write from a thread of its own; what tries it turns it on
FORUMS_VITALS = False  # a page in a minute would ask one thing more; what tries it turns it on
SLOW_STATEMENT_MS = (
    0  # on a busy machine it says so between the lines a test reads; what tries it turns it on
)
# One client asks for more pages in a minute than any reader does; what tries these paces sets them.
FORUMS_LIGHT_PACE = {
    what: pace
    for what, pace in FORUMS_LIGHT_PACE.items()
    if what not in ("pages", "deep_pages", "feeds")
}
FORUMS_QUIET_EDIT = 0  # each change leaves a version; what tries the first minutes sets it
