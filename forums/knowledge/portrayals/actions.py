"""Every write to portrayals: say what another network thinks, say how well it fits, end what nobody read.

Lock order: who writes (advisory), topic, portrayal.
"""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.silence import refuse_silenced
from forums.base.errors import BadText, ForumError, NotAllowed, Stale, TopicHidden
from forums.base.limits import fitting, read_length
from forums.base.personal import Farewell, Parting
from forums.base.published import published
from forums.base.rate_limits import hold_pace, one_at_a_time
from forums.discussions.standpoints.models import Standpoint
from forums.discussions.topics.locks import lock_topic
from forums.discussions.topics.models import Topic
from forums.discussions.voices.models import View
from forums.groups.memberships.models import forget_roles
from forums.groups.networks.models import Network
from forums.knowledge.portrayals.asking import readers_to_ask
from forums.knowledge.portrayals.blind import passes
from forums.knowledge.portrayals.models import (
    JUDGES,
    LENGTH,
    OPEN_FOR,
    STEPS,
    WHY_LENGTH,
    Judging,
    Portrayal,
)
from forums.knowledge.portrayals.permissions import can_judge, can_portray
from forums.knowledge.portrayals.standing import targets_among
from forums.knowledge.statements.actions import EMPTIED
from forums.knowledge.voting.permissions import networks_for
from forums.notifications.telling import tell
from forums.text.naming import letters_of
from forums.text.thai import clean_line

if TYPE_CHECKING:
    from accounts.models import Member

MOST_TRIES = 3  # that did not pass, of one member for one network of a topic
MOST_OPEN = 5  # that wait for people of one network, of a topic
TO_JUDGE = "portrayal-to-judge"
JUDGED = "portrayal-judged"
LOT = 200  # ended at once


class WaitsForReaders(ForumError):
    status = 409
    message = gettext_lazy(
        "What you wrote here before is still being read. Try again when five have read it."
    )


class PortrayalOver(ForumError):
    status = 409
    message = gettext_lazy("Enough people have read it, or its time is over. Thank you.")


class TriesUsedUp(ForumError):
    status = 409


def clean(body: str) -> str:
    """One line, as it is stored. Raises BadText for none, or for more than 200 characters."""
    line = clean_line(body)
    if not letters_of(line):
        raise BadText(_("Write first what you think they mean."))
    return fitting(line, LENGTH, count=read_length)


def clean_why(why: str) -> str:
    """A judge's reason, which she may leave out. Raises BadText for more than 140 characters."""
    return fitting(clean_line(why), WHY_LENGTH, count=read_length)


@transaction.atomic
def portray(*, member: "Member", topic: Topic, target: Network, body: str) -> Portrayal:
    """Say what `target` thinks of the topic; its people are asked how well it fits. The same again is the one that waits.

    Raises BadText, TooFast, NotAllowed, TopicHidden, WaitsForReaders or TriesUsedUp.
    """
    body = clean(body)
    one_at_a_time(member)
    refuse_silenced(member)
    forget_roles(member)
    topic = lock_topic(topic.pk)
    if not topic.is_shown:
        raise TopicHidden
    against = refuse_portraying(member, topic, target)
    looked = published(member, body, topic=topic)
    (body,) = looked.texts
    _end_unread(Portrayal.objects.filter(topic=topic, author=member), timezone.now())
    hers = Portrayal.objects.filter(topic=topic, author=member)
    waits = hers.standing().filter(ended_at=None).first()
    if waits is not None:
        if (waits.target_id, waits.body) == (target.pk, body):
            return waits
        raise WaitsForReaders
    _refuse_more(topic, target, list(hers.filter(target=target)))
    hold_pace(member, "portrayals", Portrayal.objects.filter(author=member))
    made = Portrayal.objects.create(
        topic=topic,
        target=target,
        network_id=_from(member, topic),
        author=member,
        against=against,
        body=body,
        created_at=timezone.now(),
    )
    looked.of("portrayal", made)
    # Nobody is named as who did it: those who read it are not to know.
    tell(TO_JUDGE, key=f"{TO_JUDGE}-{made.pk}", members=readers_to_ask(made), data=_data(made))
    return made


def refuse_portraying(member: "Member", topic: Topic, target: Network) -> View:
    """The words of `target` beside which a portrayal would be read. Raises NotAllowed with why she may write none."""
    if not can_portray(member, topic, target.pk):
        raise NotAllowed(
            _("Whoever is in another network that takes part here says what this one thinks.")
        )
    newest = View.objects.filter(topic=topic, network=target).order_by("-number").first()
    if newest is None or newest.closed_at is not None or not newest.body:
        raise NotAllowed(_("This network has said nothing of its own here yet."))
    if not targets_among([target.pk]):
        raise NotAllowed(
            _("A network needs %(least)d members, who say how well it fits.") % {"least": JUDGES}
        )
    return newest


@transaction.atomic
def judge(
    *, member: "Member", portrayal: Portrayal, fits: int, own_fits: int, why: str = ""
) -> Judging:
    """Say how well a portrayal, and the network's own words, fit what one thinks; the fifth decides. Twice the same is once.

    Raises BadText, NotAllowed, PortrayalOver, or Stale when she has answered otherwise before.
    """
    why = clean_why(why)
    if not (1 <= fits <= STEPS and 1 <= own_fits <= STEPS):
        raise BadText(_("Say of both texts how well they fit."))
    one_at_a_time(member)
    refuse_silenced(member)
    forget_roles(member)
    rows = Portrayal.objects.select_for_update(of=("self",)).select_related("against")
    portrayal = rows.get(pk=portrayal.pk)
    portrayal.topic = Topic.objects.select_related("board").get(pk=portrayal.topic_id)
    if not can_judge(member, portrayal):
        raise NotAllowed(_("Whoever has been in this network for a week says how well it fits."))
    looked = published(member, why, topic=portrayal.topic)
    (why,) = looked.texts
    before = Judging.objects.filter(portrayal=portrayal, member=member).first()
    if before is not None:
        if (before.fits, before.own_fits) == (fits, own_fits):
            return before
        raise Stale(_("You have answered this already."))
    if not Portrayal.objects.waiting().filter(pk=portrayal.pk).exists():
        raise PortrayalOver
    made = Judging.objects.create(
        portrayal=portrayal, member=member, fits=fits, own_fits=own_fits, why=why
    )
    looked.of("topic", portrayal.topic)
    portrayal.judges += 1
    portrayal.given += fits
    portrayal.own_given += own_fits
    if portrayal.judges >= JUDGES:
        portrayal.ended_at = timezone.now()
        portrayal.passed = passes(
            judges=portrayal.judges, given=portrayal.given, own=portrayal.own_given
        )
        _tell_writer(portrayal)
    portrayal.save(update_fields=["judges", "given", "own_given", "ended_at", "passed"])
    return made


@transaction.atomic
def end_unread(now: datetime) -> None:
    """End the next of those two weeks have not brought five readers, and tell who wrote them."""
    _end_unread(Portrayal.objects.all(), now)


@transaction.atomic
def empty_portrayals(parting: Parting) -> int | None:
    """Empty the next of what she who leaves said other networks think, where she wants it; what nobody decided goes."""
    if parting.choice != Farewell.EMPTIED:
        return None
    hers = Portrayal.objects.select_for_update(of=("self",)).filter(
        author=parting.member, pk__gt=parting.after
    )
    there = [each.pk for each in hers.order_by("pk")[: parting.size]]
    Portrayal.objects.filter(pk__in=there, ended_at=None).delete()
    Portrayal.objects.filter(pk__in=there).update(body=EMPTIED, passed=False)
    return there[-1] if there else None


@transaction.atomic
def take_judgings_back(parting: Parting) -> int | None:
    """Take the next answers of who leaves out of what is not decided yet; where five decided, the sum stays."""
    hers = Judging.objects.filter(member=parting.member).select_related("portrayal")
    some = list(hers.order_by("portrayal_id")[: parting.size])
    last = some[-1].pk if some else None  # deleted, a row forgets its key
    for each in some:
        Portrayal.objects.filter(pk=each.portrayal_id, ended_at=None).update(
            judges=F("judges") - 1,
            given=F("given") - each.fits,
            own_given=F("own_given") - each.own_fits,
        )
        each.delete()
    return last


def _end_unread(among: QuerySet[Portrayal], now: datetime) -> None:
    late = among.filter(ended_at=None, created_at__lte=now - OPEN_FOR)
    for each in late.select_for_update(of=("self",), skip_locked=True).order_by("pk")[:LOT]:
        each.ended_at = now
        each.save(update_fields=["ended_at"])
        _tell_writer(each)


def _refuse_more(topic: Topic, target: Network, hers: list[Portrayal]) -> None:
    """Under the topic's lock."""
    if any(each.passed for each in hers):
        raise TriesUsedUp(_("They have passed what you wrote of them already."))
    if sum(each.was_judged for each in hers) >= MOST_TRIES:
        raise TriesUsedUp(
            _("You have tried %(most)d times here. Perhaps ask them what is missing.")
            % {"most": MOST_TRIES}
        )
    open_ = Portrayal.objects.waiting().filter(topic=topic, target=target)
    if open_.count() >= MOST_OPEN:
        raise WaitsForReaders(
            _("%(most)d texts wait for the people of this network already. Try again in some days.")
            % {"most": MOST_OPEN}
        )


def _from(member: "Member", topic: Topic) -> int:
    """From which of her networks she says it: the one she last spoke from here, else the first."""
    mine = networks_for(member, topic)
    spoke = Standpoint.objects.filter(topic=topic, member=member, network__in=mine).first()
    return spoke.network_id if spoke and spoke.network_id else mine[0]


def _tell_writer(portrayal: Portrayal) -> None:
    tell(
        JUDGED,
        key=f"{JUDGED}-{portrayal.pk}",
        members=[portrayal.author_id],
        data=_data(portrayal),
    )


def _data(portrayal: Portrayal) -> dict[str, int]:
    return {"portrayal": portrayal.pk}
