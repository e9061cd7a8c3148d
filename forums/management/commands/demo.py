"""`manage.py demo`: fills an empty database with a made-up community, to look round in."""

import unicodedata
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser, no_translations

from forums.demo import actions
from forums.groups.memberships.models import Membership, Role

# Who is worth being for a while; everyone else of content/members.json has the same password.
LOGINS = (
    ("administrator", "wanna"),
    ("moderator", "nhong"),
    ("coordinator", "มาลี"),
    ("coordinator", "อินสม"),
    ("spokesperson", "somchai"),
    ("member", "ekkachai"),
    ("new member", "ฟ้าใส"),
)


class Command(BaseCommand):
    help = "Fill an empty database with a made-up Thai community. A database with members is left alone."

    def add_arguments(self, parser: CommandParser) -> None:
        what = parser.add_mutually_exclusive_group()
        what.add_argument(
            "--logins", action="store_true", help="only say how to sign in as the made-up members"
        )
        what.add_argument(
            "--house",
            action="store_true",
            help="only the pages, boards and links a new site begins with; no people, no texts",
        )
        parser.add_argument(
            "--yes",
            action="store_true",
            help="in production too; nobody can sign in as the made-up members there",
        )

    @no_translations
    def handle(self, *args: Any, **options: Any) -> None:
        """Exits with 1 where the demo has no business, with 0 where there is nothing to do."""
        try:
            if options["logins"]:
                self._logins()
            elif options["house"]:
                made = actions.start_house()
                self.stdout.write(
                    f"Made {made['pages']} pages, {made['boards']} boards and {made['links']} links; "
                    "what was there already is as it was."
                )
            else:
                self._fill(sure=options["yes"], quiet=not options["verbosity"])
        except actions.Busy as error:
            raise CommandError("Another process is filling this database just now.") from error

    def _fill(self, *, sure: bool, quiet: bool) -> None:
        if settings.PRODUCTION and not sure:
            raise CommandError(
                "This is a site in production (ROYPALANG_ENV). Its pages and boards come with "
                "`demo --house`; for the made-up community all the same, add --yes."
            )
        try:
            there = actions.fill(password=None if settings.PRODUCTION else actions.PASSWORD)
        except actions.NotEmpty:
            if not quiet:
                self.stdout.write("There are members or topics here already: nothing was changed.")
            return
        self.stdout.write(
            "{members} members, {networks} networks, {topics} topics, {posts} posts.".format(
                **there
            )
        )

    def _logins(self) -> None:
        if settings.PRODUCTION:
            raise CommandError("There are no demo logins in production.")
        if not actions.is_filled():
            self.stdout.write("The demo community is not in this database: no demo logins.")
            return
        width = max(len(role) for role, _ in LOGINS)
        for role, handle in LOGINS:
            space = " " * (12 - _columns(handle))
            self.stdout.write(f"  {role:<{width}}  {handle}{space}{actions.PASSWORD}")
        self._coordinators()

    def _coordinators(self) -> None:
        """Who coordinates what: for whoever wants to see a network from within."""
        duties = Membership.objects.filter(role=Role.COORDINATOR).order_by("network__pk", "pk")
        people: dict[str, list[str]] = {}
        for network, handle in duties.values_list("network__name", "member__handle"):
            people.setdefault(network, []).append(handle)
        if people:
            self.stdout.write("  Who coordinates what (the same password):")
        for network, handles in people.items():
            space = " " * (28 - _columns(network))
            self.stdout.write(f"    {network}{space}{', '.join(handles)}")


def _columns(word: str) -> int:
    """How many columns a word takes in a terminal: marks above and below a letter take none."""
    return sum(unicodedata.category(letter) != "Mn" for letter in word)
