"""Misago, filled with our texts: `python fill_misago.py TEXTS MEMBERS ANSWER`, with its own Python.

ANSWER is written: its pages' addresses, and cookies of so many MEMBERS as signing in leaves them.
"""

import json
import os
import sys
from html import escape
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "misago_settings")
django.setup()

# After the setup: these modules have or want models.
from django.contrib.auth import get_user_model  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.utils.dateparse import parse_datetime  # noqa: E402
from django_cookies import cookies  # noqa: E402
from misago.cache.versions import invalidate_all_caches  # noqa: E402
from misago.categories.models import Category  # noqa: E402
from misago.conf.models import Setting  # noqa: E402
from misago.core.utils import slugify  # noqa: E402
from misago.faker.categories import copy_acl_to_fake_category  # noqa: E402
from misago.threads.checksums import update_post_checksum  # noqa: E402
from misago.threads.models import Post, Thread  # noqa: E402

User = get_user_model()
BATCH = 1000
AVATARS = [{"size": size, "url": f"/media/{size}.png"} for size in (400, 200, 100)]


def boards(names: dict[int, str]) -> dict[int, Category]:
    """Beside the category it comes with, and as open as that."""
    root, first = Category.objects.root_category(), Category.objects.get(slug="first-category")
    made = {}
    for key, name in names.items():
        made[key] = Category()
        made[key].set_name(name)
        made[key].slug = f"board-{key}"
        made[key].insert_at(root, position="last-child", save=True)
        copy_acl_to_fake_category(first, made[key])
    return made


def members(keys: list[int]) -> dict[int, User]:
    """Its names are of Latin letters."""
    first = User.objects.create_user("member0", "member0@example.org", "measured")
    first.refresh_from_db()
    made = {}
    for key in keys:
        made[key] = User(
            rank=first.rank, acl_key=first.acl_key, joined_on=first.joined_on, avatars=AVATARS
        )
        made[key].set_username(f"member{key}")
        made[key].set_email(f"member{key}@example.org")
        made[key].set_unusable_password()
    User.objects.bulk_create(made.values(), batch_size=BATCH)
    role = first.roles.get()
    User.roles.through.objects.bulk_create(
        User.roles.through(user=user, role=role) for user in made.values()
    )
    return made


def fill(rows: list[dict]) -> None:
    told = {
        kind: [row for row in rows if row["kind"] == kind]
        for kind in ("member", "board", "topic", "post")
    }
    categories = boards({row["pk"]: row["name"] for row in told["board"]})
    users = members([row["pk"] for row in told["member"]])
    begun = {row["topic_id"]: parse_datetime(row["created_at"]) for row in reversed(told["post"])}
    threads = {
        row["pk"]: Thread(
            category=categories[row["board_id"]], title=row["title"], slug=slugify(row["title"]) or "topic",
            started_on=begun[row["pk"]], last_post_on=begun[row["pk"]], starter_name="-", starter_slug="-",
        )
        for row in told["topic"]
    }  # fmt: skip
    Thread.objects.bulk_create(threads.values(), batch_size=BATCH)
    posts = []
    for row in told["post"]:
        thread, poster, at = (
            threads[row["topic_id"]],
            users[row["author_id"]],
            parse_datetime(row["created_at"]),
        )
        paragraphs = row["body"].split("\n\n")
        posts.append(
            Post(
                category=thread.category, thread=thread, poster=poster, poster_name=poster.username, posted_on=at,
                updated_on=at, original=row["body"], parsed="".join(f"<p>{escape(each)}</p>" for each in paragraphs),
                search_document=row["body"], search_vector="",
            )
        )  # fmt: skip
    Post.objects.bulk_create(posts, batch_size=BATCH)
    for post in posts:
        update_post_checksum(post)
    Post.objects.bulk_update(posts, ["checksum"], batch_size=BATCH)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE misago_threads_post SET search_vector = to_tsvector('simple', search_document)"
        )
    call_command("synchronizethreads", stdout=sys.stderr)
    call_command("synchronizecategories", stdout=sys.stderr)


def main() -> None:
    texts, count, answer = Path(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3])
    call_command("migrate", verbosity=0)
    for name, value in {
        "threads_per_page": 20,
        "posts_per_page": 20,
        "posts_per_page_orphans": 0,
    }.items():
        Setting.objects.change_setting(name, wet_value=value)
    Setting.objects.filter(setting="posts_per_page_orphans").update(dry_value="0")
    fill([json.loads(line) for line in texts.read_text().splitlines()])
    invalidate_all_caches()
    call_command("collectstatic", interactive=False, verbosity=0)
    readers = [
        User.objects.create_user(
            f"measured{number}", f"measured{number}@example.org", "measured", avatars=AVATARS
        )
        for number in range(count)
    ]
    longest = Thread.objects.order_by("-replies", "pk").first()
    answer.write_text(
        json.dumps(
            {
                "home": "/",
                "board": longest.category.get_absolute_url(),
                "topic": longest.get_absolute_url(),
                "reply": longest.get_posts_api_url(),
                "cookies": [cookies(user) for user in readers],
            }
        )
    )


main()
