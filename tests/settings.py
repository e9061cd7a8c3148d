"""The product's settings, with what a test needs otherwise: fast hashes, mail in memory, no build of static files."""

import tempfile

from roypalang.settings import *  # noqa: F403
from roypalang.settings import DATABASES

SECRET_KEY = "tests"  # noqa: S105
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
MEDIA_ROOT = tempfile.mkdtemp(prefix="roypalang-media-")
STATIC_ROOT = tempfile.mkdtemp(prefix="roypalang-static-")
DATABASES["default"]["CONN_MAX_AGE"] = 0
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
