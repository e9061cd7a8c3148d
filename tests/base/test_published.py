"""Every text a member writes for others passes a door; the tables with words of hers are all in one of these lists."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.apps import apps
from django.db import models

from accounts import actions as accounts
from accounts.models import Member
from forums.activities.hosting import actions as hosting
from forums.base.errors import BadText
from forums.discussions.boards.actions import open_board
from forums.discussions.voices.actions import set_view
from forums.groups.affiliations.actions import Side, agree
from forums.groups.contacts.actions import save_contact, save_office
from forums.groups.memberships.models import Membership
from forums.groups.organisations.actions import ask_to_represent, register_organisation
from forums.groups.profiles.actions import edit_network
from forums.knowledge.glossary.actions import say_meaning
from forums.knowledge.portrayals.actions import judge
from forums.knowledge.restatements.actions import answer, restate
from forums.knowledge.statements.actions import propose
from forums.ledger.actions import add_line, open_ledger
from forums.moderation.clarifications.actions import ask
from forums.moderation.queue.models import Case
from forums.moderation.watched.actions import watch
from forums.pictures.actions import save_picture
from forums.reading.messages.actions import begin
from tests.discussions.polls.making import make_poll
from tests.knowledge.portrayals.making import portrayed, two_networks
from tests.make import (
    in_days,
    join,
    make_member,
    make_network,
    make_network_board,
    make_post,
    make_topic,
)
from tests.pictures.files import picture_file

WORD = "สล็อตแตก"
SAID = f"มาเล่น{WORD}กัน"


def _profile(member: Any) -> Any:
    accounts.save_profile(member=member, display_name="มาลี", bio=SAID, province="", links=[])
    member.refresh_from_db()
    return member.bio


def _name(member: Any) -> Any:
    accounts.save_profile(member=member, display_name=SAID, bio="", province="", links=[])
    member.refresh_from_db()
    return member.display_name


def _network(member: Any) -> Any:
    return make_network(SAID, member).name


def _network_page(member: Any) -> Any:
    return edit_network(editor=member, network=make_network("คลอง", member), story=SAID).story


def _board(member: Any) -> Any:
    network = make_network("คลอง", member)
    return open_board(member=member, network=network, name="ห้อง", scope=SAID).scope


def _view(member: Any) -> Any:
    network = make_network("คลอง", member)
    topic = make_topic(make_member(), make_network_board(network))
    view = set_view(member=member, topic=topic, network=network, body=SAID)
    assert view is not None
    return view.body


def _contact(member: Any) -> Any:
    return save_contact(
        editor=member,
        network=make_network("คลอง", member),
        label=SAID,
        value="1",
        audience="everyone",
    ).label


def _office(member: Any) -> Any:
    network = make_network("คลอง", member)
    return save_office(editor=member, network=network, title="ประธาน", holder=SAID).holder


def _details(body: str) -> hosting.Details:
    return hosting.Details(
        title="เก็บขยะ", starts_at=in_days(3), ends_at=in_days(3, 10), body=body, place="วัด"
    )


def _activity(member: Any) -> Any:
    network = make_network("คลอง", member)
    return hosting.announce(member=member, network=network, details=_details(SAID)).body


def _cancelled(member: Any) -> Any:
    network = make_network("คลอง", member)
    activity = hosting.announce(member=member, network=network, details=_details("มา"))
    hosting.cancel(member=member, activity=activity, reason=SAID)
    activity.refresh_from_db()
    return activity.cancelled_why


def _organisation(member: Any) -> Any:
    made = register_organisation(member=member, name="วัดใหม่", sector="community", about=SAID)
    return made.about


def _representative(member: Any) -> Any:
    made = register_organisation(
        member=make_member(), name="วัดใหม่", sector="community", represents=False
    )
    return ask_to_represent(member=member, organisation=made, title=SAID).title


def _tie(member: Any) -> Any:
    made = register_organisation(member=make_member(), name="วัดใหม่", sector="community")
    network = make_network("คลอง", member)
    tie = agree(member=member, network=network, organisation=made, side=Side.NETWORK, note=SAID)
    return tie.note


def _line(member: Any) -> Any:
    network = make_network("คลอง", member)
    open_ledger(keeper=member, network=network)
    return add_line(
        keeper=member,
        network=network,
        flow="income",
        date=date(2026, 1, 2),
        source="ผู้ใจดี",
        purpose=SAID,
        amount=Decimal("1"),
    ).purpose


def _picture(member: Any) -> Any:
    return save_picture(uploader=member, file=picture_file(), alt=SAID).alt


def _clarification(member: Any) -> Any:
    topic = make_topic(make_member())
    return ask(member=member, topic=topic, named="person", how="ฉัน", body=SAID).body


def _statement(member: Any) -> Any:
    return propose(author=member, topic=make_topic(make_member()), body=SAID).body


def _meaning(member: Any) -> Any:
    network = make_network("คลอง", member)
    topic = make_topic(make_member(), make_network_board(network))
    return say_meaning(member=member, topic=topic, network=network, term="คลอง", body=SAID).body


def _word(member: Any) -> Any:
    network = make_network("คลอง", member)
    topic = make_topic(make_member(), make_network_board(network))
    made = say_meaning(member=member, topic=topic, network=network, term=SAID, body="น้ำ")
    return made.word.term


def _restatement(member: Any) -> Any:
    post = make_post(make_topic(make_member()))
    return restate(member=member, post=post, body=SAID).body


def _portrayal(member: Any) -> Any:
    met = two_networks()
    join(met.ours, member)
    return portrayed(met, SAID, by=member).body


def _why(member: Any) -> Any:
    met = two_networks()
    join(met.theirs, member)
    Membership.objects.filter(member=member).update(joined_at=in_days(-30))
    Member.objects.filter(pk=member.pk).update(trust_level=1)
    member.refresh_from_db()
    return judge(member=member, portrayal=portrayed(met), fits=4, own_fits=4, why=SAID).why


def _missing(member: Any) -> Any:
    post = make_post(make_topic(make_member()), member)
    made = restate(member=make_member(), post=post, body="อยากให้มีเวร")
    return answer(member=member, restatement=made, fits=False, missing=SAID).missing


def _poll(member: Any) -> Any:
    return make_poll(author=member, question=SAID).question


def _poll_option(member: Any) -> Any:
    return make_poll(author=member, options=f"ไป\n{SAID}").options[1]


def _message(member: Any) -> Any:
    Member.objects.filter(pk=member.pk).update(trust_level=1)
    member.refresh_from_db()
    return begin(writer=member, people=[make_member()], body=SAID).body


PASSES: dict[str, list[Callable[[Any], Any]]] = {
    "accounts.Member": [_profile, _name],
    "forums.Network": [_network, _network_page],
    "forums.Board": [_board],
    "forums.View": [_view],
    "forums.Contact": [_contact],
    "forums.Office": [_office],
    "forums.Activity": [_activity, _cancelled],
    "forums.Organisation": [_organisation],
    "forums.Representative": [_representative],
    "forums.NetworkOrganisation": [_tie],
    "forums.Line": [_line],
    "forums.Attachment": [_picture],
    "forums.Clarification": [_clarification],
    "forums.Message": [_message],
    "forums.Statement": [_statement],
    "forums.Meaning": [_meaning],
    "forums.Word": [_word],
    "forums.Restatement": [_restatement, _missing],
    "forums.Portrayal": [_portrayal],
    "forums.Judging": [_why],
    "forums.Poll": [_poll, _poll_option],
}
UNTOLD = {_message, _clarification}  # nobody else reads it; moderators read it anyway
OF_POSTS = {
    "Post",
    "Topic",
    "Revision",
    "Tag",
}  # their own door: tests/moderation/watched/test_kinds.py
AS_CHECKED = {"LineChange"}  # copies of what passed
TO_A_FEW = {"JoinRequest"}  # coordinators read it, and may report
TO_MODERATORS = {
    *("Appeal", "LostDevice", "MessageReport", "Notice", "ProblemReport", "StaffRequest"),
}
HER_OWN = {"Bookmark", "Draft"}
OF_THE_HOUSE = {  # what moderators and administrators write
    *("Case", "CommunityLink", "Crawler", "Decision", "HouseRule", "Page", "StaffNote", "Sweep"),
    *("TrafficLook", "WatchedEntry", "Wording"),
}
BY_MACHINES = {
    *("KeptPage", "SignOfLife"),
    *(
        "AdminAct",
        "CalendarKey",
        "ConcealedPassage",
        "Consent",
        "Conversation",
        "Email",
        "GoneHandle",
    ),
    *("Imported", "Invitation", "Leaving", "LineImport", "Membership", "MovedRow"),
    *(
        "NetworkAddress",
        "NewAccount",
        "NewcomersHost",
        "Notification",
        "PersonalCopy",
        "Preference",
    ),
    *(
        "PushDevice",
        "Roster",
        "RosterLine",
        "SealedCopy",
        "SealedLook",
        "SearchEntry",
        "SearchWord",
    ),
    *("Telling", "TrafficEntry"),
}
EACH = [pytest.param(write, id=write.__name__) for writes in PASSES.values() for write in writes]


@pytest.fixture
def watching(moderator, django_capture_on_commit_callbacks):
    def add(follows: str) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            watch(moderator=moderator, kind="word", text=WORD, follows=follows)

    return add


@pytest.mark.parametrize("write", EACH)
def test_what_is_refused_is_refused_everywhere(write, watching, malee):
    watching("refuse")
    with pytest.raises(BadText) as refused:
        write(malee)
    assert WORD in str(refused.value.message)


@pytest.mark.parametrize("write", EACH)
def test_dots_stand_everywhere_in_the_place_of_a_masked_word(write, watching, malee):
    watching("mask")
    assert write(malee) == SAID.replace(WORD, "•" * len(WORD))


@pytest.mark.parametrize("write", EACH)
def test_where_a_text_would_wait_it_appears_and_moderators_are_told_but_of_what_is_private(
    write, watching, malee
):
    watching("hold")
    assert write(malee) == SAID
    assert Case.objects.filter(kind="noticed").exists() == (write not in UNTOLD)


def test_what_moderators_write_of_themselves_is_not_asked_about(watching, moderator):
    watching("refuse")
    assert _profile(moderator) == SAID


def test_every_table_with_words_is_in_one_of_these_lists():
    """Whoever adds one says here how it passes, with a writer above, or why it need not."""
    said = {
        model._meta.label
        for model in apps.get_models()
        if model._meta.app_label in ("forums", "accounts") and _has_words(model)
    }
    others = OF_POSTS | AS_CHECKED | TO_A_FEW | TO_MODERATORS | HER_OWN | OF_THE_HOUSE | BY_MACHINES
    listed = set(PASSES) | {
        each._meta.label
        for each in apps.get_models()
        if each._meta.app_label in ("forums", "accounts") and each.__name__ in others
    }
    assert said - listed == set(), "in nobody's list"
    assert not {name.rpartition(".")[2] for name in PASSES} & others


def _has_words(model: type[models.Model]) -> bool:
    return any(
        isinstance(field, models.CharField | models.TextField)
        and not field.choices
        and not isinstance(field, models.UUIDField)
        for field in model._meta.local_fields
    )
