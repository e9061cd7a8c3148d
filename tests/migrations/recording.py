"""Run in a checkout of the version before (by `record.py`): writes down each statement it sends to its database, once.

The demo plays a whole community through the actions, then everybody's pages are read and the worker makes its rounds. Of
statements that differ by their values alone the first is kept, with its values, as PostgreSQL would read it.
"""

import gzip
import json
import re
import sys
from collections import Counter
from typing import Any

import django

from roypalang.building import build

build()
django.setup()

import psycopg  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.db.models import Count  # noqa: E402
from django.test import Client  # noqa: E402
from django.urls import Resolver404, resolve  # noqa: E402

from accounts.models import Member  # noqa: E402
from forums.discussions.posts.models import Post  # noqa: E402

LINK = re.compile(r'<a\b[^>]*\bhref="(/[^"#]*)')
EACH = 3  # pages of one kind that a reader looks at
TALK = ("SELECT", "INSERT", "UPDATE", "DELETE", "WITH")
found: dict[str, str] = {}


def note(execute: Any, sql: Any, params: Any, many: bool, context: Any) -> Any:
    """Each statement, once."""
    said = sql if isinstance(sql, str) else sql.as_string(connection.connection)
    if said.lstrip(" \n(").upper().startswith(TALK):
        shape = re.sub(
            r"\((?:%s|NULL|DEFAULT)(?:, (?:%s|NULL|DEFAULT))*\)(?:, \(.*?\))*", "(…)", said
        )
        if shape not in found:
            first = next(iter(params), None) if many else params
            found[shape] = psycopg.ClientCursor(connection.connection).mogrify(sql, first)
    return execute(sql, params, many, context)


def read(reader: Member | None) -> int:
    """Every kind of page that somebody comes to by links; how many pages."""
    client, kinds, pages = Client(headers={"host": "localhost"}), Counter[str](), 0
    if reader:
        client.force_login(reader, backend="accounts.backends.AuthenticationBackend")
    waiting, known = ["/"], {"/"}
    while waiting:
        address = waiting.pop(0)
        try:
            kind = resolve(address.partition("?")[0]).view_name + str(address.count("="))
        except Resolver404:
            continue
        kinds[kind] += 1
        if kinds[kind] > EACH or "logout" in address:
            continue
        try:
            answer = client.get(address)
        except Exception as error:  # what is not a page of this site alone, on this machine
            print(f"{address}: {error!r}")
            continue
        pages += 1
        if answer.status_code == 200 and not answer.streaming:
            links = [
                each.replace("&amp;", "&")
                for each in LINK.findall(answer.content.decode(errors="replace"))
            ]
            waiting += [each for each in dict.fromkeys(links) if each not in known]
            known.update(links)
    return pages


call_command("createcachetable", verbosity=0)
call_command("collectstatic", interactive=False, verbosity=0)
with connection.execute_wrapper(note):
    call_command("demo")
    writers = Post.objects.filter(author__is_staff=False).values_list("author")
    busiest = writers.annotate(many=Count("pk")).order_by("-many", "author").first()
    staff = Member.objects.filter(is_staff=True).order_by("is_superuser", "pk")
    for who in (None, Member.objects.get(pk=busiest[0]), staff.first(), staff.last()):
        print(f"{who}: {read(who)} pages, {len(found)} statements", flush=True)
    for command in (["deliver"], ["remind"], ["digest", "--now"], ["recount"], ["reindex"]):
        call_command(*command, verbosity=0)
with gzip.open(sys.argv[1], "wt", compresslevel=9) as file:
    for statement in found.values():
        file.write(json.dumps(statement, ensure_ascii=False) + "\n")
print(f"{len(found)} statements")
