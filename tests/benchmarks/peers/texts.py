"""Typed into `manage.py shell` of ours: its members, boards, topics and posts, a line each, for the others to be filled with."""

WRITTEN = """
import json
from itertools import chain
from accounts.models import Member
from forums.discussions.boards.models import Board
from forums.discussions.posts.models import Post
from forums.discussions.topics.models import Topic

def told(kind, rows, *fields):
    for row in rows.values(*fields).iterator():
        yield {"kind": kind} | row

board = {"boards": Board.objects.filter(topics__isnull=False).distinct().order_by("pk")}
with open(PLACE, "w") as file:
    for row in chain(
        told("member", Member.objects.filter(pk__in=Post.objects.values("author")).order_by("pk"), "pk"),
        told("board", board["boards"], "pk", "name"),
        told("topic", Topic.objects.order_by("pk"), "pk", "board_id", "title"),
        told("post", Post.objects.order_by("created_at", "pk"), "pk", "topic_id", "author_id", "body", "created_at"),
    ):
        print(json.dumps(row, ensure_ascii=False, default=str), file=file)
"""

OURS = """
import json
from importlib import import_module
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from allauth.account.models import EmailAddress
from accounts.models import Member
from forums.discussions.topics.models import Topic

cookies = []
for number in range(COUNT):
    member = Member.objects.create_user(f"คนวัด{number}", f"measured{number}@example.org", trust_level=2)
    EmailAddress.objects.create(user=member, email=member.email, primary=True, verified=True)
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(member.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = member.get_session_auth_hash()
    session.save()
    cookies.append({settings.SESSION_COOKIE_NAME: session.session_key})
topic = Topic.objects.order_by("-reply_count", "pk").first()
print("SAID " + json.dumps({
    "home": "/", "board": topic.board.get_absolute_url(), "topic": topic.get_absolute_url(), "cookies": cookies,
}))
"""
