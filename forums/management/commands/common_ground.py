"""`manage.py common_ground`: what the site computes of a round, on a conversation that Pol.is published."""

import json
import time
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser, no_translations

from forums.knowledge.opinions import exports
from forums.knowledge.opinions.replay import replay
from forums.knowledge.opinions.results import Results, results
from forums.knowledge.opinions.tallies import Finding


class Command(BaseCommand):
    help = (
        "Groups, common ground and differences of a published conversation "
        "(participants-votes.csv and comments.csv of Pol.is). Reads files only."
    )
    # It asks no database and serves no page.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--votes", type=Path, required=True, metavar="participants-votes.csv")
        parser.add_argument("--comments", type=Path, required=True, metavar="comments.csv")
        parser.add_argument("--json", action="store_true", help="print one line of JSON")
        parser.add_argument(
            "--replay",
            type=Path,
            metavar="votes.csv",
            help="and play the votes again in their order",
        )

    @no_translations
    def handle(
        self, *args: Any, votes: Path, comments: Path, replay: Path | None, **options: Any
    ) -> None:
        """Exits with 1 where a file is no such export, or what finds groups is not installed."""
        try:
            from forums.knowledge.opinions import groups
        except ImportError as error:
            raise CommandError(
                f"{error.name} is not installed: uv sync --extra groups", returncode=1
            ) from error
        started = time.process_time()
        try:
            conversation = exports.read(votes, comments)
            cast = exports.read_cast(replay) if replay else []
        except exports.BadExport as error:
            raise CommandError(str(error), returncode=1) from error
        found = groups.find(
            conversation.votes, left_out=conversation.refused, counted=conversation.counted
        )
        said = results(
            conversation.votes, found.sets(conversation.votes), left_out=conversation.refused
        )
        answer = self._answer(found, said)
        if replay:
            answer["replay"] = self._replay(cast, found, said)
        answer["cpu_s"] = round(time.process_time() - started, 3)
        if options["json"]:
            self.stdout.write(json.dumps(answer, ensure_ascii=False))
        else:
            for name, value in answer.items():
                if name != "groups":
                    self.stdout.write(f"{name}: {value}")

    def _answer(self, found: Any, said: Results) -> dict[str, Any]:
        return {
            "participants": len(found.of),
            "groups": found.of,
            "k": found.count,
            "consensus": said.consensus(),
            "shown": said.shown,
            "reached": round(said.reached, 3),
            "coverage": {group: round(share, 3) for group, share in said.coverage.items()},
            "shared": said.of(Finding.SHARED),
            "firm": said.firm(),
            "differ": said.of(Finding.DIFFERS),
            "unsure": said.of(Finding.UNSURE),
            "typical": {
                group: [{"statement": each.statement, "agrees": each.agrees} for each in some]
                for group, some in said.typical.items()
            },
        }

    def _replay(self, cast: list[exports.Cast], found: Any, said: Results) -> dict[str, Any]:
        again = replay(cast, found.of, said.spreads)
        return {
            "given": sorted(again.given),
            "lost": sorted(again.lost),
            "share_lost": round(again.share_lost, 3),
        }
