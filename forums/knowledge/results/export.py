"""What came of a round that is over, as files that tools made for Pol.is read."""

import csv
import threading
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from datetime import datetime
from io import BytesIO, StringIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from forums.base.errors import ForumError
from forums.knowledge.opinions.votes import CODES, Vote
from forums.knowledge.results.dealing import NO_GROUP
from forums.knowledge.statements.models import Statement
from roypalang.pictures import BusyWithPictures, in_turn

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
_SAID = {"0": "", **{str(code): str(vote.value) for vote, code in CODES.items()}}
_AGREED, _DISAGREED = str(CODES[Vote.AGREE]), str(CODES[Vote.DISAGREE])


def packed(
    dealt: Mapping[str, Any],
    statements: Iterable[Statement],
    networks: Mapping[int, str],
    *,
    closed: datetime,
    source: str,
) -> bytes:
    """A ZIP of a round's rows as `dealing.dealt` made them. `statements`: those that may be seen now, no others are in it.

    `networks`: their names. `source`: where it comes from, to be named by whoever uses it.
    """
    at = {pk: place for place, pk in enumerate(dealt["statements"])}
    told = sorted(
        (each for each in statements if each.pk in at and _answered(dealt, at[each.pk])),
        key=lambda each: each.number,
    )
    places = [at[each.pk] for each in told]
    rows = [
        (number, network, group, [answers[place] for place in places])
        for number, (network, group, answers) in enumerate(dealt["rows"])
    ]
    moment = [int(closed.timestamp() * 1000), closed.isoformat(timespec="seconds")]
    files = {
        "participants-votes.csv": _people(told, rows, networks),
        "comments.csv": _comments(told, rows, moment),
        "votes.csv": _votes(told, rows, moment),
    }
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as archive:
        archive.writestr("README.txt", _about(source))
        for name, lines in files.items():
            text = StringIO()
            csv.writer(text).writerows(lines)
            archive.writestr(name, text.getvalue())
    return made.getvalue()


type _Row = tuple[int, int, int, list[str]]
type _Lines = Iterable[Sequence[Any]]


def _answered(dealt: Mapping[str, Any], place: int) -> bool:
    return any(answers[place] != "0" for _network, _group, answers in dealt["rows"])


def _people(told: Sequence[Statement], rows: Sequence[_Row], networks: Mapping[int, str]) -> _Lines:
    head = "participant network group-id n-comments n-votes n-agree n-disagree".split()
    yield [*head, *(each.number for each in told)]
    for number, network, group, answers in rows:
        counts = (
            len(answers) - answers.count("0"),
            answers.count(_AGREED),
            answers.count(_DISAGREED),
        )
        said = [_SAID[answer] for answer in answers]
        name = _cell(networks.get(network, ""))
        yield [number, name, "" if group == NO_GROUP else group, 0, *counts, *said]


def _comments(told: Sequence[Statement], rows: Sequence[_Row], moment: Sequence[Any]) -> _Lines:
    head = "timestamp datetime comment-id author-id agrees disagrees moderated is-meta comment-body"
    yield head.split()
    for place, each in enumerate(told):
        column = [answers[place] for *_who, answers in rows]
        counts = column.count(_AGREED), column.count(_DISAGREED)
        yield [*moment, each.number, 0, *counts, 1, "false", _cell(each.body)]


def _votes(told: Sequence[Statement], rows: Sequence[_Row], moment: Sequence[Any]) -> _Lines:
    yield "timestamp datetime comment-id voter-id vote".split()
    for number, _network, _group, answers in rows:
        for each, answer in zip(told, answers, strict=True):
            if answer != "0":
                yield [*moment, each.number, number, _SAID[answer]]


def _cell(text: str) -> str:
    """No spreadsheet takes it for a formula."""
    return f"'{text}" if text[:1] in "=+-@\t\r" else text


def _about(source: str) -> str:
    return _(
        "What is in these files\n"
        "\n"
        "From: %(source)s\n"
        "Licence: Creative Commons Attribution 4.0 (CC BY 4.0), %(licence)s\n"
        "You may use, change and pass it on, also for money, if you name where it comes from.\n"
        "\n"
        "participants-votes.csv: a row a person, a column a statement (its number): 1 agree, -1 disagree, 0 pass, empty no answer. "
        "group-id: which group of opinion, where there are any.\n"
        "comments.csv: the statements, and how many agreed and disagreed. votes.csv: the same answers, one a line.\n"
        "\n"
        "No row is what one person said. The answers to each statement were dealt out anew among at least five people of one network, "
        "where it could be of one group of opinion. So the figures of each network and each group are true, and so is what is computed of "
        "them; what goes together in one row is not. Of statements that fewer than five people of a network answered, that network's answers "
        "are not here. Numbers and order are drawn by lot; times are when the round ended; author-id is always 0.\n"
        "\n"
        "The form is that of exports of Pol.is (https://compdemocracy.org/export).\n"
    ) % {"source": source, "licence": LICENCE}


# -- Made once ---------------------------------------------------------------------------------------

# Files that were asked for last are kept by the process: one takes a second and more of the processor to make, and whoever
# asks for it in a loop would have the site make nothing else.
MOST = 4  # 5 MB where ten thousand answered two hundred statements
SECONDS = 10  # waiting for a turn
# One is made at a time in each process, and one more may wait: the other threads are for who reads.
_turn = threading.Lock()
_places = threading.BoundedSemaphore(2)
_files: dict[Hashable, bytes] = {}


class BusyPacking(ForumError):
    status = 503
    message = gettext_lazy("Somebody else is just getting such a file. Try again in a minute.")


def kept(key: Hashable, make: Callable[[], bytes]) -> bytes:
    """The file of this key, made if it is not there. Raises BusyPacking."""
    if file := _files.get(key):
        return file
    try:
        with in_turn(_turn, _places, seconds=SECONDS):
            if key not in _files:
                made = make()
                while len(_files) >= MOST:
                    del _files[next(iter(_files))]
                _files[key] = made
            return _files[key]
    except BusyWithPictures as error:
        raise BusyPacking from error
