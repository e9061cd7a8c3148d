"""Going through all posts a batch at a time, as `reindex` and `rerender` do."""

from collections.abc import Callable
from typing import Any

from django.core.management.base import CommandParser
from django.db.models import Max

from forums.discussions.posts.models import Post
from forums.management.progress import Progress

# One batch after the post of this id: the id to go on after (None: no more), how many were done, what failed.
type Step = Callable[[int], tuple[int | None, int, list[tuple[int, str]]]]


def add_batch_arguments(parser: CommandParser) -> None:
    parser.add_argument("--all", action="store_true", help="also what is up to date")
    parser.add_argument(
        "--after", type=int, default=0, metavar="ID", help="with --all: go on after this post"
    )


def through_posts(
    step: Step, *, command: str, options: dict[str, Any], stderr: Any
) -> tuple[int, int]:
    """How many posts were done, and how many failed; each of those is named.

    Stopped with Ctrl-C it says how to go on, and is stopped.
    """
    after: int = options["after"]
    total = Post.objects.aggregate(last=Max("pk"))["last"] or 0
    count, failed = 0, 0
    with Progress(stderr, total=total, unit="posts") as progress:
        try:
            while True:
                last, done, problems = step(after)
                for pk, problem in problems:
                    progress.say(f"post {pk}: {problem}")
                failed += len(problems)
                if last is None:
                    return count, failed
                after, count = last, count + done
                progress.reach(min(after, total), count)
        except KeyboardInterrupt:
            rest = f"--all --after {after}" if options["all"] else ""
            progress.say(f"Stopped. To go on: manage.py {command} {rest}".rstrip())
            raise
