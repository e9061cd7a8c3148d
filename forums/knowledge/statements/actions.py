"""Every write to statements: propose, put to the vote, refuse, put together, part, take back.

Each locks the topic. Whoever decides is never who wrote it.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.silence import refuse_silenced
from forums.base.errors import AlreadyDecided, BadText, ForumError, NotAllowed
from forums.base.personal import Farewell, Parting
from forums.base.published import published
from forums.base.rate_limits import hold_pace, one_at_a_time
from forums.discussions.standpoints.choosing import settle
from forums.discussions.topics.locks import lock_topic, touch
from forums.discussions.topics.models import Topic
from forums.knowledge.statements import seeds
from forums.knowledge.statements.counting import count_open
from forums.knowledge.statements.models import IN_FORCE, Fate, Refusal, Statement
from forums.knowledge.statements.permissions import can_look_at, can_propose, can_take_back
from forums.knowledge.statements.telling import tell_author
from forums.knowledge.statements.wording import clean, key_of

if TYPE_CHECKING:
    from accounts.models import Member

# More on one topic nobody votes through: Pol.is's larger conversations have two hundred.
MOST = 200
# Of one member in one topic that nobody has looked at yet.
MOST_WAITING = 5
MOST_PARTS = 4
NOT_HERE = gettext_lazy("You may not write in this topic, or it is closed.")
OTHERS_DECIDE = gettext_lazy("Somebody else decides about your own statement.")
EMPTIED = "…"  # in the place of the words of who has left; the trigger on the table knows it


class SaidAlready(BadText):
    """Somebody has said the same; `statement` is that one."""

    message = gettext_lazy("Somebody has said this already.")

    def __init__(self, statement: Statement) -> None:
        self.statement = statement
        super().__init__()


class TooManyHere(ForumError):
    """As many as there may be in one topic, or of one network in it."""

    status = 409


class WaitsAlready(ForumError):
    """Too many of hers wait for somebody to look at them."""

    status = 429


@transaction.atomic
def propose(
    *,
    author: "Member",
    topic: Topic,
    body: str,
    speak_from: int | None = None,
    in_name: bool = False,
) -> Statement:
    """Hand in a statement; it waits until somebody has looked at it. Sent twice, the first is returned.

    Raises BadText, SaidAlready, WaitsAlready, TooFast or NotAllowed.
    """
    looked = published(author, clean(body), topic=topic)
    (body,) = looked.texts
    one_at_a_time(author)
    refuse_silenced(author)
    topic = lock_topic(topic.pk)
    if not can_propose(author, topic):
        raise NotAllowed(NOT_HERE)
    key = key_of(body)
    if said := _in_force(topic).filter(key=key).first():
        if said.author_id == author.pk and said.fate is Fate.WAITING:
            return said
        raise SaidAlready(said)
    hold_pace(author, "statements", Statement.objects.filter(author=author))
    _refuse_too_many(author, topic)
    network = settle(topic.pk, author, speak_from=speak_from, in_name=in_name)
    if in_name:
        _refuse_seeds(topic, network)
    made = _new(topic, body, author=author, network=network, in_name=in_name)
    looked.of("statement", made)
    return made


@transaction.atomic
def accept(*, member: "Member", statement: Statement) -> Statement:
    """Put it to the vote. Raises NotAllowed, or AlreadyDecided when somebody else has decided meanwhile."""
    statement = _to_decide(member, statement)
    _looked(statement, member)
    count_open([statement.topic_id])
    tell_author(statement)
    return statement


@transaction.atomic
def refuse(*, member: "Member", statement: Statement, refusal: Refusal) -> Statement:
    """Not to the vote, for a reason of the list, which stays with it."""
    statement = _to_decide(member, statement)
    _looked(statement, member, refusal=refusal)
    tell_author(statement)
    return statement


@transaction.atomic
def merge(*, member: "Member", statement: Statement, into: Statement) -> Statement:
    """It says what `into` says: whoever wrote it finds that one in its place."""
    statement = _to_decide(member, statement)
    into = Statement.objects.select_for_update().get(pk=into.pk)
    if into.topic_id != statement.topic_id or into.pk == statement.pk or into.fate is not Fate.OPEN:
        raise NotAllowed(
            _("It can be put together with a statement of this topic that is put to the vote.")
        )
    _looked(statement, member, merged_into=into)
    tell_author(statement)
    return statement


@transaction.atomic
def part(*, member: "Member", statement: Statement, bodies: Sequence[str]) -> list[Statement]:
    """A double one becomes several, put to the vote as of now; votes on it stay with it.

    Also after votes, since its own words stay. They are said in no network's name: it did not choose these words.
    Raises BadText, SaidAlready, TooManyHere, NotAllowed or AlreadyDecided.
    """
    statement = _locked(statement)
    if not can_look_at(member, statement):
        raise NotAllowed(OTHERS_DECIDE)
    if statement.fate not in (Fate.WAITING, Fate.OPEN):
        raise AlreadyDecided
    cleaned = [clean(body) for body in bodies if body.strip()]
    if not 2 <= len(cleaned) <= MOST_PARTS:
        raise BadText(_("Part it into two to %(most)d statements.") % {"most": MOST_PARTS})
    _refuse_full(statement.topic, more=len(cleaned) - 1)
    looks = [published(member, body, topic=statement.topic) for body in cleaned]
    _looked(statement, member, parted_at=timezone.now())
    parts = []
    for looked in looks:
        (body,) = looked.texts
        if said := _in_force(statement.topic).filter(key=key_of(body)).first():
            raise SaidAlready(said)
        made = _new(
            statement.topic, body, author=statement.author, network=statement.network_id,
            in_name=False, part_of=statement,
        )  # fmt: skip
        _looked(made, member)
        looked.of("statement", made)
        parts.append(made)
    count_open([statement.topic_id])
    tell_author(statement)
    return parts


@transaction.atomic
def take_back(*, member: "Member", statement: Statement) -> Statement:
    """Its author takes it back, until somebody has voted on it. Raises NotAllowed."""
    statement = _locked(statement)
    if statement.author_id == member.pk and statement.fate is Fate.WITHDRAWN:
        return statement
    if not can_take_back(member, statement):
        raise NotAllowed(_("Somebody has voted on it, so it stays."))
    statement.withdrawn_at = timezone.now()
    statement.save(update_fields=["withdrawn_at"])
    count_open([statement.topic_id])
    return statement


@transaction.atomic
def set_hidden(*, statement: Statement, on: bool) -> bool:
    """Hide it, or show it again: what moderators decide (`moderation.withdrawing`). Was it not so before?"""
    statement = _locked(statement)
    if (statement.hidden_at is not None) == on:
        return False
    statement.hidden_at = timezone.now() if on else None
    statement.save(update_fields=["hidden_at"])
    count_open([statement.topic_id])
    return True


def empty_statements(parting: Parting) -> int | None:
    """Empty the next statements of who leaves, where she wants it; what a network says is not hers.

    What nobody voted on is taken back; what somebody did keeps its place and its votes, without its words.
    """
    if parting.choice != Farewell.EMPTIED:
        return None
    hers = Statement.objects.filter(author=parting.member, in_name=False, pk__gt=parting.after)
    found = dict(hers.order_by("pk").values_list("pk", "topic_id")[: parting.size])
    topics = sorted(set(found.values()))
    touch(Topic.objects.select_for_update().filter(pk__in=topics).order_by("pk"))
    some = Statement.objects.select_for_update().filter(pk__in=found).order_by("pk")
    for statement in some:
        statement.body, statement.key = EMPTIED, f"{EMPTIED}{statement.pk}"
        statement.withdrawn_at = statement.withdrawn_at or (
            None if statement.voted_at else timezone.now()
        )
        statement.save(update_fields=["body", "key", "withdrawn_at"])
    count_open(topics)
    return max(found, default=None)


def _in_force(topic: Topic) -> QuerySet[Statement]:
    return Statement.objects.filter(IN_FORCE, topic=topic)


def _new(
    topic: Topic,
    body: str,
    *,
    author: "Member",
    network: int | None,
    in_name: bool,
    part_of: Statement | None = None,
) -> Statement:
    last = Statement.objects.filter(topic=topic).aggregate(last=Max("number"))["last"] or 0
    return Statement.objects.create(
        topic=topic,
        number=last + 1,
        body=body,
        key=key_of(body),
        author=author,
        network_id=network,
        in_name=in_name,
        part_of=part_of,
        created_at=timezone.now(),
    )


def _refuse_too_many(author: "Member", topic: Topic) -> None:
    mine = Statement.objects.waiting().filter(topic=topic, author=author)
    if mine.count() >= MOST_WAITING:
        raise WaitsAlready(
            _(
                "%(most)d statements of yours wait here already. Write more when they have been looked at."
            )
            % {"most": MOST_WAITING}
        )
    _refuse_full(topic, more=1)


def _refuse_full(topic: Topic, *, more: int) -> None:
    if _in_force(topic).count() + more > MOST:
        raise TooManyHere(
            _("This topic has %(most)d statements, as many as can be voted on.") % {"most": MOST}
        )


def _refuse_seeds(topic: Topic, network: int | None) -> None:
    if network is not None and seeds.seeds_in(topic, [network]).count() >= seeds.MOST:
        raise TooManyHere(
            _("Each network begins with %(most)d statements in its name, as many as any other.")
            % {"most": seeds.MOST}
        )


def _locked(statement: Statement) -> Statement:
    """The statement as it is now, its row locked behind its topic's, with topic and board."""
    topic = lock_topic(statement.topic_id)
    statement = Statement.objects.select_for_update().get(pk=statement.pk)
    statement.topic = topic
    return statement


def _to_decide(member: "Member", statement: Statement) -> Statement:
    """The statement as it is now, locked, still waiting, with its topic and board."""
    statement = _locked(statement)
    if not can_look_at(member, statement):
        raise NotAllowed(OTHERS_DECIDE)
    if statement.fate is not Fate.WAITING:
        raise AlreadyDecided
    return statement


def _looked(statement: Statement, member: "Member", **said: object) -> None:
    said = {
        "looked_at": statement.looked_at or timezone.now(),
        "looked_by": statement.looked_by or member,
        **said,
    }
    for name, value in said.items():
        setattr(statement, name, value)
    statement.save(update_fields=list(said))
