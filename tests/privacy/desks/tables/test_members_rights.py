"""Copies and leavings in the admin: read by administrators, who leave a line of it; nobody does anything there."""

import pytest
from django.utils import timezone

from forums.base.personal import Farewell
from forums.moderation.audit.models import AdminAct
from forums.privacy.copies.actions import ask as ask_copy
from forums.privacy.copies.models import PersonalCopy
from forums.privacy.leaving import actions
from forums.privacy.leaving.models import Leaving
from tests.make import join, make_member, make_network

COPIES, LEAVINGS = "/admin/forums/personalcopy/", "/admin/forums/leaving/"


@pytest.fixture
def head(db):
    return make_member("head", is_staff=True, is_superuser=True)


def test_an_administrator_reads_how_far_a_copy_is_and_leaves_a_line(as_, head, malee):
    copy = ask_copy(member=malee)
    PersonalCopy.objects.update(step="post-author", written=30, rows=60, busy_until=timezone.now())
    assert "50 %" in as_(head).get(COPIES).content.decode()
    page = as_(head).get(f"{COPIES}{copy.pk}/change/").content.decode()
    assert "post-author" in page
    assert str(copy.key) not in page, "nobody learns where its file lies"
    line = AdminAct.objects.get()
    assert (line.member, line.page) == (head, "admin:forums_personalcopy_change")
    assert str(copy.pk) in line.about


def test_an_administrator_reads_what_hinders_a_leaving(as_, head, malee):
    network = make_network(coordinator=malee)
    leaving = actions.ask(member=malee, choice=Farewell.NAMELESS)
    actions.confirm(leaving=leaving)
    join(network, make_member())
    assert as_(head).get(LEAVINGS).status_code == 200
    page = as_(head).get(f"{LEAVINGS}{leaving.pk}/change/").content.decode()
    assert network.name in page
    assert AdminAct.objects.get().page == "admin:forums_leaving_change"


@pytest.mark.parametrize("where", [COPIES, LEAVINGS])
def test_nobody_else_reads_them_and_nobody_changes_them(as_, head, moderator, malee, where):
    assert as_(moderator).get(where).status_code == 403
    copy, leaving = ask_copy(member=malee), actions.ask(member=malee, choice=Farewell.NAMED)
    row = copy.pk if where == COPIES else leaving.pk
    assert as_(moderator).get(f"{where}{row}/change/").status_code == 403
    assert as_(head).post(f"{where}{row}/change/", {}).status_code == 403
    assert as_(head).get(f"{where}add/").status_code == 403
    assert as_(head).post(f"{where}{row}/delete/", {"post": "yes"}).status_code == 403
    assert (PersonalCopy.objects.count(), Leaving.objects.count()) == (1, 1)
