"""What a word means to a network is said (locks the network, then the topic), and goes along with networks and topics."""

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F, Func
from django.utils import timezone
from django.utils.translation import gettext as _

from forums.base.errors import BadText, NotAllowed, Stale
from forums.base.limits import fitting, read_length, refuse_link
from forums.base.published import published
from forums.base.rate_limits import hold_pace, one_at_a_time
from forums.discussions.topics.locks import lock_topic
from forums.discussions.topics.models import Topic
from forums.groups.memberships.models import forget_roles
from forums.groups.networks.locks import lock_open
from forums.groups.networks.models import Network
from forums.knowledge.glossary.cards import MOST_WORDS
from forums.knowledge.glossary.models import MEANING_LENGTH, TERM_LENGTH, Meaning, Word
from forums.knowledge.glossary.permissions import spoken_for
from forums.text.naming import letters_of, name_key
from forums.text.thai import clean_line, clean_text

if TYPE_CHECKING:
    from accounts.models import Member


def clean_term(term: str) -> str:
    """A word as it is stored. Raises BadText for one of nothing, of more than 40 characters, or that is a link."""
    line = clean_line(term)
    if not letters_of(line):
        raise BadText(_("Write the word first."))
    refuse_link(line)
    return fitting(line, TERM_LENGTH, count=read_length)


def clean_meaning(body: str) -> str:
    """What it means, as it is stored: two lines; '' takes the card back. Raises BadText for more than 200 characters."""
    lines = [line.strip() for line in clean_text(body).split("\n") if line.strip()]
    if len(lines) > 2:
        lines = [lines[0], " ".join(lines[1:])]
    return fitting("\n".join(lines), MEANING_LENGTH, count=read_length)


@transaction.atomic
def say_meaning(
    *,
    member: "Member",
    topic: Topic,
    network: Network,
    term: str,
    body: str,
    seen: int | None = None,
) -> Meaning | None:
    """Put what `term` means to `network` beside what it means to others; an empty `body` takes its card back.

    `seen`: the id of the version she started from (0: there was none). The same again is returned as it is; None where
    there is nothing to take back. Raises BadText, NotAllowed, TooFast, or Stale when somebody wrote another meanwhile.
    """
    term, body = clean_term(term), clean_meaning(body)
    one_at_a_time(member)
    hold_pace(member, "edits")
    forget_roles(member)
    network = lock_open(network.pk)
    topic = lock_topic(topic.pk)
    if network.pk not in {place.network_id for place in spoken_for(member, topic)}:
        raise NotAllowed(
            _(
                "What a word means to a network say its spokespersons and coordinators, where it takes part."
            )
        )
    looked = published(member, term, body, topic=topic)
    term, body = looked.texts
    word = Word.objects.filter(topic=topic, key=name_key(term)).first()
    before = Meaning.objects.filter(word=word, network=network, replaced_at=None).first()
    if seen == 0 and before:
        raise BadText(_("Your network has a card for this word already: change that one."))
    if seen is not None and seen != (before.pk if before else 0):
        raise Stale
    if body == (
        before.body if before else ""
    ):  # nor does what is hidden come back by being said again
        return before
    if before:
        Meaning.objects.filter(pk=before.pk).update(replaced_at=timezone.now())
    if not body:
        return None
    made = Meaning.objects.create(
        word=word or _new(topic, term, member),
        network=network,
        body=body,
        author=member,
        created_at=timezone.now(),
        came_through=before.came_through if before else [],
    )
    looked.of("topic", topic)
    return made


@transaction.atomic
def merge_meanings(*, source: int, target: int) -> None:
    """When networks merge: the cards of `source` are those of `target`; where both have one, what that says is shown.

    The topics are locked.
    """
    cards = Meaning.objects.filter(network=source)
    told = Meaning.objects.filter(network=target, replaced_at=None)
    cards.filter(replaced_at=None, word__in=told.values("word")).update(replaced_at=timezone.now())
    cards.update(network=target)


@transaction.atomic
def move_cards_along(*, source: Topic, target: Topic) -> None:
    """A topic (both locked) is merged into another: its cards stand there now, with their earlier versions, and remember from
    where they came. Where a network has one there for the same word, hers of here stays.
    """
    for word in Word.objects.filter(topic=source).order_by("pk"):
        there = _there(word, target)
        cards = Meaning.objects.filter(word=word)
        told = Meaning.objects.filter(word=there, replaced_at=None)
        cards.exclude(network__in=told.values("network")).update(
            word=there,
            came_through=Func(F("came_through"), source.pk, function="array_append"),
        )


@transaction.atomic
def move_cards_back(*, source: Topic, target: Topic) -> None:
    """The merge is undone: what came from `source` last goes back, with what was said anew in its place."""
    for word in Word.objects.filter(topic=target).order_by("pk"):
        cards = Meaning.objects.filter(word=word, came_through__contains=[source.pk])
        last = [
            pk
            for pk, through in cards.values_list("pk", "came_through")
            if through[-1] == source.pk
        ]
        if not last:
            continue
        there = _there(word, source)
        told = Meaning.objects.filter(
            word=there, replaced_at=None
        )  # where two networks have become one since
        Meaning.objects.filter(pk__in=last).exclude(network__in=told.values("network")).update(
            word=there, came_through=Func(F("came_through"), 1, function="trim_array")
        )
    Word.objects.filter(topic=target, meanings=None).delete()


def _there(word: Word, topic: Topic) -> Word:
    """The same word in another topic, which may have more than anybody could add."""
    found, _made = Word.objects.get_or_create(
        topic=topic, key=word.key, defaults={"term": word.term, "made_by_id": word.made_by_id}
    )
    return found


def _new(topic: Topic, term: str, member: "Member") -> Word:
    if Word.objects.filter(topic=topic).count() >= MOST_WORDS:
        raise NotAllowed(
            _("This topic has %(most)d words with cards, as many as can be read.")
            % {"most": MOST_WORDS}
        )
    return Word.objects.create(
        topic=topic, term=term, key=name_key(term), made_by=member, created_at=timezone.now()
    )
