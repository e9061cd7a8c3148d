"""A kind of case of our own, and cases of it."""

import pytest
from django.utils.translation import gettext_lazy as _

from forums.moderation import subjects
from forums.moderation.queue import actions, registry
from forums.moderation.queue.models import Case
from forums.moderation.queue.registry import Because, Section
from tests.make import make_network_board, make_post, make_topic

KIND = "tried"


@pytest.fixture(autouse=True)
def kind(monkeypatch):
    monkeypatch.setattr(registry, "_KINDS", {})
    return registry.case_kind(
        KIND,
        _("Report a problem"),
        because=lambda cases: {case.pk: Because("ว่าร้ายกัน", "แจ้ง 2 คน") for case in cases},
        shown=lambda case: [Section("ผู้แจ้งว่า", [("ระดับ 1", "เบอร์นี้ไม่ใช่ของเขา")])],
    )


def opened(post, *, kind: str = KIND, **how) -> Case:
    post = type(post).objects.select_related("topic__board").get(pk=post.pk)
    return actions.open_case(kind=kind, subject=subjects.of_post(post), **how)


@pytest.fixture
def post(db, somchai):
    return make_post(make_topic(author=somchai, title="คืนนี้ใครตื่นอยู่"), somchai, body="โทรหาพี่ต้อยได้เลย")


@pytest.fixture
def case(post):
    return opened(post)


@pytest.fixture
def theirs(canal, somchai):
    """A case in a board of Malee's network."""
    topic = make_topic(author=somchai, board=make_network_board(canal))
    return opened(make_post(topic, somchai))
