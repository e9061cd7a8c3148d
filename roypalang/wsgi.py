"""The door a web server knocks on."""

import os

from django.core.wsgi import get_wsgi_application

from roypalang.building import build
from roypalang.unread import read_to_the_end

build()  # or, without its catalogues, the site would speak English
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "roypalang.settings")
application = read_to_the_end(get_wsgi_application())
