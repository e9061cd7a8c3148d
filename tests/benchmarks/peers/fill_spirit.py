"""Spirit, filled with our texts: `python fill_spirit.py TEXTS MEMBERS ANSWER`, with its own Python.

ANSWER is written: its pages' addresses, and cookies of so many MEMBERS as signing in leaves them.
"""

import json
import os
import sys
from html import escape
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "spirit_settings")
django.setup()

# After the setup: these modules have or want models.
from django.contrib.auth import get_user_model  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.utils.dateparse import parse_datetime  # noqa: E402
from django_cookies import cookies  # noqa: E402
from spirit.category.models import Category  # noqa: E402
from spirit.comment.models import Comment  # noqa: E402
from spirit.topic.models import Topic  # noqa: E402

User = get_user_model()
BATCH = 1000


def fill(rows):
    told = {
        kind: [row for row in rows if row["kind"] == kind]
        for kind in ("member", "board", "topic", "post")
    }
    boards = {row["pk"]: Category.objects.create(title=row["name"]) for row in told["board"]}
    users = {
        row["pk"]: User.objects.create(username=f"member{row['pk']}") for row in told["member"]
    }
    said = {row["pk"]: [] for row in told["topic"]}
    for row in told["post"]:
        said[row["topic_id"]].append(row)
    topics = {}
    for row in told["topic"]:
        first, last = said[row["pk"]][0], said[row["pk"]][-1]
        topics[row["pk"]] = Topic(
            user=users[first["author_id"]],
            category=boards[row["board_id"]],
            title=row["title"],
            date=parse_datetime(first["created_at"]),
            last_active=parse_datetime(last["created_at"]),
            comment_count=len(said[row["pk"]]),
        )
    Topic.objects.bulk_create(topics.values(), batch_size=BATCH)
    Comment.objects.bulk_create(
        (
            Comment(
                user=users[row["author_id"]],
                topic=topics[row["topic_id"]],
                comment=row["body"],
                comment_html="".join(
                    f"<p>{escape(each)}</p>\n" for each in row["body"].split("\n\n")
                ),
                date=parse_datetime(row["created_at"]),
            )
            for row in told["post"]
        ),
        batch_size=BATCH,
    )


def main():
    texts, count, answer = Path(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3])
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    fill([json.loads(line) for line in texts.read_text().splitlines()])
    readers = [User.objects.create(username=f"measured{number}") for number in range(count)]
    longest = Topic.objects.order_by("-comment_count", "pk").first()
    answer.write_text(
        json.dumps(
            {
                "home": "/",
                "board": longest.category.get_absolute_url(),
                "topic": longest.get_absolute_url(),
                "cookies": [cookies(user) for user in readers],
            }
        )
    )


main()
