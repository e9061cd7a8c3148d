"""The filters of the search, one table: what is typed, what it finds, its field beside the box, its SQL.

Whoever types may use Thai or English at any time, so the words of the language are not translated.
They are compared by `norm`: case, width and stretched letters do not count.
"""

# ruff: noqa: S608 - made of constants; every value is a parameter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.functional import Promise, lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from forums.base.form_fields import Text
from forums.discussions.topics.models import TRAITS, WITH_AN_ANSWER, TopicKind
from forums.search.query.fields import BoardField, DayField
from forums.search.query.lookups import (
    Ids,
    find_authors,
    find_boards,
    find_networks,
    find_tags,
)
from forums.text.reading_dates import NotADate, first_day
from forums.text.thai import norm, words


def _by_word(named: Mapping[str, str]) -> dict[str, str]:
    return {norm(word): name for name, typed in named.items() for word in typed.split()}


def _anything(typed: str) -> str:
    return typed if words(typed) else ""


def _day(typed: str) -> str:
    try:
        return first_day(typed, today=timezone.localdate()).isoformat()
    except NotADate:
        return ""


def _midnight(day: str) -> datetime:
    return timezone.make_aware(datetime.combine(date.fromisoformat(day), time.min))


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchFilter:
    """One filter, everywhere it shows.

    `sql` says what must hold of a post p, its topic t and board b, given the values asked for as the
    parameter {}. Two values that are each other's opposite have their own SQL each, and no parameter.
    """

    name: str
    keys: str  # what stands before the colon
    example: (
        Promise  # how it may be typed; read by `language.read` in either language, a test holds it
    )
    does: Promise  # what the example does
    param: str  # its field in the form, and in the address of the page
    form_field: forms.Field
    sql: str | Mapping[str, str]
    # What then holds of the topic t of every such post: where a search can start from, if the words are
    # nearly everywhere. True: `sql` says it. False: it says nothing of a topic.
    topics: str | bool = False
    of_posts: bool = (
        False  # `sql` asks the post itself (and t), so not all posts of these topics are meant
    )
    values: Mapping[str, str] = field(
        default_factory=dict
    )  # each value and what is typed for it; {}: any
    reads: Callable[[str], str] = (
        _anything  # what was typed, in the one form it has; '' for no value
    )
    is_day: bool = False  # its value is a day, of which the first one is kept: 2026-01-31
    against: str = ""  # the filter that -this: stands for
    find: Callable[[set[str], Any], Ids] | None = None  # looks its values up
    missing: Promise | str = ""  # what is said where that finds nothing
    several: Promise | str = ""  # and where it finds several of which only one can be meant
    each: bool = False  # several values: every one of them must hold, rather than any
    binds: Callable[[Sequence[Any]], Any] = list  # the values as the parameter
    splits: Callable[[str], list[str]] = lambda typed: [
        typed
    ]  # what stands in the field, as typed values

    def read(self, typed: str) -> str:
        """What was typed as its value, in the one form it has; '' when it has none."""
        return VALUES[self.name].get(norm(typed), "") if self.values else self.reads(typed)

    def opposite(self, value: str) -> tuple[str, str] | None:
        """The filter and value that say the same as this value left out, if there are any."""
        if self.against:
            return self.against, value
        if isinstance(self.sql, str):
            return None
        return self.name, next(other for other in self.sql if other != value)

    def condition(self, values: Sequence[Any], parameter: str) -> str:
        """The SQL that holds for any of these values, bound to the parameter of this name."""
        if isinstance(self.sql, str):
            return self.sql.format(f"%({parameter})s")
        return "(" + " OR ".join(self.sql[value] for value in values) + ")"

    def of_topics(self, values: Sequence[Any], parameter: str) -> str:
        """The SQL that then holds of the topic; '' where nothing does."""
        if isinstance(self.topics, str):
            return self.topics.format(f"%({parameter})s")
        return self.condition(values, parameter) if self.topics else ""


def _other_kinds() -> str:
    return " / ".join(str(kind.label).lower() for kind in TopicKind if kind != TopicKind.QUESTION)


_ANSWERED = "t.kind IN ({}) AND t.accepted_post_id IS".format(
    ", ".join(f"'{kind.value}'" for kind in WITH_AN_ANSWER)
)
_ITS_BOARDS = "SELECT x.id FROM forums_board x WHERE x.network_id = ANY({0})"
_IMAGE = "EXISTS (SELECT FROM forums_attachment a WHERE a.post_id = p.id)"

# In the order of the form.
_ALL = (
    SearchFilter(
        name="author",
        keys="author by ผู้เขียน โดย",
        example=_("author:malee"),
        does=_("Written by this member; @malee says the same"),
        param="author",
        form_field=Text(label=_("Written by"), max_length=200, required=False),
        splits=lambda typed: [typed.removeprefix("@")],
        find=find_authors,
        missing=_("No member is called “%(name)s”, so it was taken as words."),
        several=_(
            "Several members are called “%(name)s”, so it was taken as words. "
            "Write @ and the name in the address of one of them."
        ),
        sql="p.author_id = ANY({})",
    ),
    SearchFilter(
        name="board",
        keys="in board ใน ห้อง",
        example=_('in:"Community health"'),
        does=_("In this board, by its name or its address"),
        param="in",
        form_field=BoardField(
            label=_("Board"), required=False
        ),  # the form knows whose boards to offer
        find=find_boards,
        missing=_("There is no board “%(name)s”, so it was taken as words."),
        sql="(b.id = ANY({0}) OR b.parent_id = ANY({0}))",
        topics="""t.board_id = ANY(ARRAY(SELECT x.id FROM forums_board x
            WHERE x.id = ANY({0}) OR x.parent_id = ANY({0})))""",
    ),
    SearchFilter(
        name="network",
        keys="network เครือข่าย",
        example=_("network:canal"),
        does=_("From this network, or in its boards"),
        param="network",
        form_field=Text(label=_("Network"), max_length=200, required=False),
        find=find_networks,
        missing=_("There is no network “%(name)s”, so it was taken as words."),
        sql=f"(p.network_id = ANY({{0}}) OR t.board_id IN ({_ITS_BOARDS}))",
        topics=f"""t.id = ANY(ARRAY(
            SELECT v.topic_id FROM forums_topicnetwork v WHERE v.network_id = ANY({{0}}) UNION
            SELECT o.id FROM forums_topic o WHERE o.board_id IN ({_ITS_BOARDS})))""",
        of_posts=True,
    ),
    SearchFilter(
        name="tag",
        keys="tag แท็ก แทก แท๊ก",
        example=_("tag:rice"),
        does=_("With this tag; #rice says the same"),
        param="tag",
        form_field=Text(label=_("Tags"), max_length=200, required=False),
        splits=lambda typed: typed.replace("#", " ").replace(",", " ").split(),
        find=find_tags,
        missing=_("There is no tag “%(name)s”, so it was taken as words."),
        each=True,
        sql="""EXISTS (SELECT FROM forums_taggedtopic g
            WHERE g.content_object_id = t.id AND g.tag_id = ANY({}))""",
        topics="""t.id IN (SELECT g.content_object_id FROM forums_taggedtopic g
            WHERE g.tag_id = ANY({}))""",
    ),
    SearchFilter(
        name="kind",
        keys="kind ชนิด กระทู้ชนิด ประเภท",
        example=_("kind:question"),
        does=format_lazy(_("Questions only; also {kinds}"), kinds=lazy(_other_kinds, str)()),
        param="kind",
        form_field=forms.MultipleChoiceField(
            label=_("Kind of topic"),
            choices=TopicKind.choices,
            required=False,
            widget=forms.CheckboxSelectMultiple,
        ),
        values={kind.value: traits.words for kind, traits in TRAITS.items()},
        sql="t.kind = ANY({})",
        topics=True,
    ),
    SearchFilter(
        name="after",
        keys="after since หลัง ตั้งแต่",
        example=_("after:2026-01-31"),
        does=_("From this day on; a month (1/2026) or a year is enough"),
        param="after",
        form_field=DayField(
            label=_("Written from this day on"),
            max_length=100,
            required=False,
            help_text=_("Like 31/1/2026, Jan 2026 or 2026."),
        ),
        is_day=True,
        reads=_day,
        against="before",
        binds=lambda days: _midnight(max(days)),  # each of them must hold
        sql="p.created_at >= {}",
        topics="t.last_post_at >= {}",
        of_posts=True,
    ),
    SearchFilter(
        name="before",
        keys="before ก่อน",
        example=_("before:31/1/2026"),
        does=_("Before this day, month or year"),
        param="before",
        form_field=DayField(label=_("Written before this day"), max_length=100, required=False),
        is_day=True,
        reads=_day,
        against="after",
        binds=lambda days: _midnight(min(days)),
        sql="p.created_at < {}",
        topics="t.created_at < {}",
        of_posts=True,
    ),
    SearchFilter(
        name="has",
        keys="has มี",
        example=_("has:image"),
        does=_("With a picture"),
        param="image",
        form_field=forms.BooleanField(label=_("Only posts with a picture"), required=False),
        values={"image": "image images picture pictures photo photos รูป ภาพ รูปภาพ รูปถ่าย"},
        splits=lambda ticked: ["image"],
        sql={"image": _IMAGE, "no image": f"NOT {_IMAGE}"},
    ),
    SearchFilter(
        name="is",
        keys="is เป็น",
        example=_("is:unanswered"),
        does=_("Questions without an accepted answer; is:answered for the others"),
        param="answered",
        form_field=forms.ChoiceField(
            label=_("Answered or not"),
            required=False,
            choices=[
                ("", _("All topics")),
                ("answered", _("Questions with an accepted answer")),
                ("unanswered", _("Questions still without one")),
            ],
        ),
        values={
            "answered": "answered ตอบแล้ว มีคำตอบ มีคำตอบแล้ว",
            "unanswered": "unanswered ยังไม่ตอบ ยังไม่มีคำตอบ ไม่มีคำตอบ",
        },
        sql={"answered": f"({_ANSWERED} NOT NULL)", "unanswered": f"({_ANSWERED} NULL)"},
        topics=True,
    ),
)
FILTERS = {one.name: one for one in _ALL}
KEYS = _by_word({one.name: one.keys for one in _ALL})  # by what is typed, the name of the filter
# By what is typed, the value; of each filter that has no others.
VALUES = {one.name: _by_word(one.values) for one in _ALL if one.values}
