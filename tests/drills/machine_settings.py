"""The site as several machines serve it, but for its static files, which are as they lie in the checkout."""

import tempfile

from roypalang.settings import *  # noqa: F403
from roypalang.settings import STORAGES

STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
STATIC_ROOT = tempfile.mkdtemp(prefix="roypalang-static-")
WHITENOISE_AUTOREFRESH = True
