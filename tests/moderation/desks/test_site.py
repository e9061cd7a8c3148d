"""Who comes into the admin: moderators, with a second step where others may reach the machine."""

import pytest

from accounts.models import Member
from tests.make import make_post, make_topic
from tests.passkeys import give_passkey


@pytest.fixture
def asked(settings):
    settings.STAFF_SECOND_FACTOR = True


@pytest.mark.parametrize("path", ["/admin/", "/admin/forums/topic/", "/admin/accounts/member/"])
def test_a_password_alone_does_not_open_the_admin(as_, moderator, asked, path):
    answer = as_(moderator).get(path)
    assert (answer.status_code, answer.url) == (302, "/accounts/2fa/")
    give_passkey(moderator)
    assert as_(moderator).get(path).status_code == 200


def test_nobody_acts_there_with_a_password_alone(as_, moderator, malee, asked):
    at = f"/admin/accounts/member/act/suspend/?ids={malee.pk}"
    answer = as_(moderator).post(at, {"reason": "ทดลอง", "sure": "1"})
    assert answer.url == "/accounts/2fa/"
    assert Member.objects.get(pk=malee.pk).is_active


def test_nobody_hides_beside_a_topic_with_a_password_alone(as_, moderator, malee, asked):
    post = make_post(make_topic(malee), malee)
    at = f"/moderation/act/hide/?post={post.pk}"
    for answer in (as_(moderator).get(at), as_(moderator).post(at, {"reason": "ทดลอง"})):
        assert answer.url == "/accounts/2fa/"
    post.refresh_from_db()
    assert post.hidden_at is None


def test_a_member_is_told_that_it_is_no_place_of_hers(as_, malee, asked):
    assert as_(malee).get("/admin/").status_code == 403


def test_a_trial_machine_asks_for_no_second_step_and_says_so(as_, moderator, settings):
    assert settings.STAFF_SECOND_FACTOR is False
    assert "เครื่องทดลอง" in as_(moderator).get("/admin/").content.decode()
