"""Whatever names a member is registered: it stands on her page, in her copy, and something becomes of it when she leaves."""

from collections.abc import Iterator

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db.models import BigIntegerField, EmailField, Model

from accounts.models import Member
from forums.base.personal import Basis, Leaves, holdings, names_member, partings

# Columns whose name says that members' ids are in them, and addresses: what becomes of them is work of its own.
BESIDE = {
    "forums.Telling.members": "inbox-people",
    "forums.Notification.people": "inbox-people",
    "forums.Email.address": "outbox-address",
    "forums.Invitation.email": "invitations-address",
    "forums.RosterLine.address": "rosters-address",
}
NOT_OF_PEOPLE = {
    "forums.Sweep.posts",
    "forums.Sweep.topics",
    "forums.Sweep.parts",
    "forums.Sweep.entries",
    "forums.Notification.things",
    "forums.Meaning.came_through",
    "forums.Poll.came_through",
    "forums.Topic.taking_part",
    "forums.Topic.related",
    "forums.Topic.voices",
    "forums.TopicNetwork.most_useful",
}


def models() -> Iterator[type[Model]]:
    yield from apps.get_models(include_auto_created=True)


def registered() -> set[tuple[str, str]]:
    return {(each.table._meta.label, each.of) for each in holdings()}


def test_every_table_that_names_a_member_is_registered():
    missing = [
        f"{model._meta.label}.{column.name}"
        for model in models()
        for column in model._meta.concrete_fields
        if names_member(column) and (model._meta.label, column.name) not in registered()
    ]
    assert missing == [], "say in the noun's kinds.py what is held (forums.base.personal.holds)"


def test_lists_of_members_and_addresses_of_people_are_seen_to():
    columns = [
        f"{model._meta.label}.{column.name}"
        for model in models()
        for column in model._meta.concrete_fields
        if isinstance(column, EmailField)
        or (isinstance(column, ArrayField) and isinstance(column.base_field, BigIntegerField))
    ]
    seen_to = {f"{label}.{of}" for label, of in registered()} | NOT_OF_PEOPLE | set(BESIDE)
    hers = {each.table._meta.label for each in holdings() if each.leaves == Leaves.DELETED}
    assert [
        each for each in columns if each not in seen_to and each[: each.rindex(".")] not in hers
    ] == []


def test_what_is_registered_is_there():
    """A path that leads nowhere would say so only when somebody asks for her copy, or leaves."""
    member = Member(pk=1)
    for each in holdings():
        str(each.rows(member).values(*each.columns()).query)


def test_nobody_copies_a_secret_or_who_else_had_to_do_with_it():
    for each in holdings():
        if each.copied:
            secrets = {"password", "token", "secret", "session_key", "endpoint", "auth", "p256dh"}
            assert not secrets & set(each.columns()), each.name


def test_each_line_says_what_and_why_in_words():
    for each in holdings():
        assert str(each.what)
        assert str(each.until)
        assert each.basis in Basis
        assert each.leaves in Leaves


def test_what_is_deleted_has_work_that_deletes_it():
    work = dict(partings())
    for each in holdings():
        if each.leaves == Leaves.DELETED:
            assert each.name in work
