"""What `manage.py check --deploy` says before the public comes, and `migrate` before it makes a table."""

import os
import re
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Info, Tags, Warning, register
from django.db import connections

from roypalang.picture_store import picture_store

# What production does without, each with what comes of it (docs/operations.md).
ASKED_FOR = {
    "DATABASE_URL": "the site starts a PostgreSQL of its own, which is meant for trying",
    "SMTP_HOST": "mail goes into files nobody reads: nobody can confirm an address",
    "MAIL_FROM": "mail comes from noreply@localhost, and is thrown away",
    "TRUSTED_PROXY_COUNT": "all readers share the proxy's address, and its limits",
    "CONTACT_EMAIL": "members are told to write to an address that was made up of the site's name",
    "MEDIA_ROOT": "pictures are kept beside the code, where an update may take them away",
}

_ADDRESS = re.compile(r"[^\s@+<>]+@[^\s@<>]+")


@register(Tags.security, deploy=True)
def deployed(**_asked: Any) -> list[CheckMessage]:
    """Each variable nobody has set, and whether pictures can be kept."""
    found: list[CheckMessage] = [
        Warning(f"{name} is not set: {so}.", id=f"roypalang.W{number:03}")
        for number, (name, so) in enumerate(ASKED_FOR.items(), start=1)
        if not os.environ.get(name) and not (name == "MEDIA_ROOT" and settings.MEDIA_BUCKET)
    ]
    if not settings.SITE_URL.startswith("https://"):
        found.append(Warning("SITE_URL does not begin with https://.", id="roypalang.W010"))
    if os.environ.get("SMTP_HOST") == "smtp.example":
        so = "SMTP_HOST is the sample's, smtp.example: no mail goes anywhere."
        found.append(Warning(so, id="roypalang.W012"))
    if settings.BOUNCE_ADDRESS and not _ADDRESS.fullmatch(settings.BOUNCE_ADDRESS):
        so = f"BOUNCE_ADDRESS is no plain address: {settings.BOUNCE_ADDRESS!r}."
        hint = "Only name@host, the name without “+…”: the site adds its own."
        found.append(Warning(so, hint=hint, id="roypalang.W013"))
    if not settings.MEDIA_ACCEL:
        so = "ROYPALANG_ACCEL is not set: the site sends pictures itself, which the web server does better."
        found.append(Info(so, id="roypalang.I001"))
    if why := picture_store().why_away():
        so = f"No picture can be kept: {why}."
        hint = "MEDIA_ROOT must belong to the user the site runs as; MEDIA_BUCKET must name a bucket its key may write to."
        found.append(Error(so, hint=hint, id="roypalang.E002"))
    return found


@register(Tags.database)
def readable(*, databases: Sequence[str] | None = None, **_asked: Any) -> list[CheckMessage]:
    """A database that can hold Thai; `migrate` asks first."""
    found: list[CheckMessage] = []
    for alias in databases or []:
        with connections[alias].cursor() as cursor:
            cursor.execute("SELECT current_database(), current_setting('server_encoding')")
            name, encoding = cursor.fetchone()
            hint = (
                f"createdb --encoding=UTF8 --locale=C.UTF-8 --template=template0 --owner=… {name}"
            )
            if encoding != "UTF8":
                so = f"The database {name} is in {encoding}, which cannot hold Thai; make it in UTF8."
                found.append(Error(so, hint=hint, id="roypalang.E001"))
                continue
            cursor.execute("SELECT lower('É') = 'é'")
            if cursor.fetchone() != (True,):
                so = (
                    f"The database {name} knows small letters of A to Z only (LC_CTYPE is C): É is not found "
                    "by é. Thai is."
                )
                found.append(Warning(so, hint=hint, id="roypalang.W011"))
    return found
