"""A case's page: the thing where it stands, what was said of it, what was decided, and whose it is."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Member
from forums.discussions.posts.models import Post
from forums.discussions.topics.models import Topic
from forums.moderation.desks.acts import ModerationAct
from forums.moderation.desks.withdrawals import PART_ACTS
from forums.moderation.models import TRAITS, Decision
from forums.moderation.notes.models import StaffNote
from forums.moderation.permissions import can_keep_order, can_moderate, can_suspend
from forums.moderation.queue.models import Case
from forums.moderation.queue.registry import Section, kind_of
from forums.moderation.subjects import Subject
from forums.moderation.withdrawing.places import decided_about
from forums.text import dates
from forums.text.lengths import graphemes

AROUND = 2  # posts before it and after
DECISIONS = 20  # of those about one thing, or about one member
# Characters and lines: what has more stands in a box one scrolls, and it is said how long it is.
LONG, LINES = 1_500, 30
_LOOKED_THROUGH = 2000  # decisions among which those about a member's texts are looked for


@dataclass(frozen=True, slots=True)
class TextBeside:
    """A text in its place: the thing itself, or one beside it."""

    label: str
    author: str
    when: str
    html: str
    url: str
    is_it: bool
    state: str
    letters: str = ""  # how many, of one that is long


@dataclass(frozen=True, slots=True)
class OtherAct:
    """One more thing that can be done: a button that leads to the page that asks why. `undoes` what was decided."""

    label: str
    url: str
    undoes: bool


def in_its_place(subject: Subject | None, member: Any) -> list[TextBeside]:
    """The thing's text between those that stand beside it; of what has no text, nothing."""
    if subject is None:
        return []
    if isinstance(subject.thing, Topic):
        opening = _posts(subject.thing, member).filter(number=0, reply_number=0)
        after = _posts(subject.thing, member).filter(number__gt=0)
        found = [*opening, *after.order_by("number", "reply_number")[:AROUND]]
        return [_told(post, is_it=post.number == 0) for post in found]
    if not isinstance(subject.thing, Post):
        return []
    post = subject.thing
    around = _posts(post.topic, member)
    later = Q(number__gt=post.number) | Q(number=post.number, reply_number__gt=post.reply_number)
    before = around.exclude(later).exclude(pk=post.pk).order_by("-number", "-reply_number")
    after = around.filter(later).order_by("number", "reply_number")
    return [
        *(_told(each) for each in reversed(before[:AROUND])),
        _told(post, is_it=True),
        *(_told(each) for each in after[:AROUND]),
    ]


def _posts(topic: Topic, member: Any) -> Any:
    return Post.objects.visible_to(member).filter(topic=topic).select_related("author")


def _told(post: Post, *, is_it: bool = False) -> TextBeside:
    gone = post.is_gone and not is_it  # beside it, what others cannot read is told by its state
    state = ""
    if post.held_at:
        state = _("waits")
    elif post.hidden_at:
        state = _("hidden")
    elif post.deleted_at:
        state = _("deleted by its author")
    letters = 0 if gone else graphemes(post.body)
    is_long = letters > LONG or (not gone and post.body.count("\n") > LINES)
    return TextBeside(
        label=post.label if post.number else "",
        author=str(post.author),
        when=dates.exactly(post.created_at),
        html="" if gone else post.body_html,
        url=post.get_absolute_url(),
        is_it=is_it,
        state=state,
        letters=f"{letters:,}" if is_long else "",
    )


def sections(case: Case) -> Sequence[Section]:
    """What its kind says of it: who reported, in which words."""
    shown = kind_of(case).shown
    return shown(case) if shown else ()


def others_about_it(case: Case, member: Any) -> list[Case]:
    """Other cases of the same thing, the newest first: what waits as well, what was said before."""
    same = Case.objects.visible_to(member).filter(subject=case.subject, key=case.key)
    return list(same.exclude(pk=case.pk).select_related("decision").order_by("-pk")[:DECISIONS])


def decisions_about(subject: Subject | None, member: Any) -> list[Decision]:
    """What was decided about the thing, the newest first, as far as `member` may read it."""
    if subject is None:
        return []
    about = decided_about(subject.kind, subject.thing)
    found = (
        Decision.objects.visible_to(member).filter(**about) if about else Decision.objects.none()
    )
    return list(found.select_related("moderator", "rule").order_by("-pk")[:DECISIONS])


def other_acts(
    subject: Subject | None,
    member: Any,
    offers: Mapping[str, Sequence[ModerationAct]],
    but: Collection[str] = (),
) -> list[OtherAct]:
    """What else can be done with the thing as it stands, and what takes back what was, of a comment's topic too: each on
    its own page. Not what is among the answers of the form (`but`)."""
    if subject is None:
        return []
    found = []
    for offer in offers.get(subject.kind, ()):
        if offer.act not in but and offer.applies(subject.thing):
            found.append(_other(offer, subject.kind, subject.thing, member))
    if subject.kind == "post":
        topic = subject.thing.topic
        found += [
            _other(offer, "topic", topic, member)
            for offer in offers.get("topic", ())
            if TRAITS[offer.act].undoes is not None and offer.applies(topic)
        ]
    return [each for each in found if each.url]


def _other(offer: ModerationAct, kind: str, thing: Any, member: Any) -> OtherAct:
    undoes = TRAITS[offer.act].undoes is not None
    return OtherAct(str(offer.offer or offer.label), _asked_at(offer, kind, thing, member), undoes)


def _asked_at(offer: ModerationAct, kind: str, thing: Any, member: Any) -> str:
    """Where it is asked why: at the site's desk; of what has none, and for a network's own moderators, where it stands."""
    if kind in PART_ACTS:
        return f"{reverse('moderation_act', args=[offer.act.value])}?{kind}={thing.pk}"
    if can_moderate(member):
        if not offer.allowed(member):
            return ""
        name = f"admin:{thing._meta.app_label}_{thing._meta.model_name}_act"
        return f"{reverse(name, args=[offer.act.value])}?ids={thing.pk}"
    board = getattr(thing, "board", None) or getattr(getattr(thing, "topic", None), "board", None)
    beside = offer.by_networks and board is not None and can_keep_order(member, board)
    if not beside:
        return ""
    return f"{reverse('moderation_act', args=[offer.act.value])}?{kind}={thing.pk}"


# -- whose it is -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class AuthorRecord:
    """What a moderator should know of whose it is before she decides."""

    name: str
    url: str
    facts: list[tuple[str, str]]
    decisions: list[Decision]
    cases: list[Case]
    notes: list[StaffNote]
    notes_url: str  # '' for who may not read them
    sweep_url: str  # '' for who may not take everything of hers at once


def record_of(about: Member | None, member: Any) -> AuthorRecord | None:
    """Her level and time here, what was decided about her and her texts, and what was said of her before: as far as
    `member` may look into it."""
    if about is None:
        return None
    facts = [
        (_("Level"), about.get_trust_level_display()),
        (_("Member since"), dates.day(about.created_at)),
    ]
    if not about.is_active:
        facts.append((_("May sign in"), _("no, suspended")))
    newest = Decision.objects.order_by("-pk").values("pk")[:_LOOKED_THROUGH]
    hers = Q(member=about) | Q(pk__in=newest) & (Q(post__author=about) | Q(topic__author=about))
    decisions = Decision.objects.visible_to(member).filter(hers).select_related("rule")
    if not can_moderate(member):  # that a private message was reported is for nobody else
        decisions = decisions.exclude(details__has_key="message")
    cases = Case.objects.visible_to(member).filter(about=about).exclude(ended_at=None)
    desk = reverse("admin:accounts_member_change", args=[about.pk])
    notes = StaffNote.objects.visible_to(member).filter(member=about).in_force()
    return AuthorRecord(
        name=str(about),
        url=desk if can_moderate(member) else about.get_absolute_url(),
        facts=facts,
        decisions=list(decisions.order_by("-pk")[:DECISIONS]),
        cases=list(cases.select_related("decision").order_by("-ended_at", "-pk")[:DECISIONS]),
        notes=list(notes.select_related("author")),
        notes_url=reverse("staff_notes", args=[about.pk]) if can_moderate(member) else "",
        sweep_url=reverse("sweep", args=[about.pk]) if can_suspend(member, about) else "",
    )
