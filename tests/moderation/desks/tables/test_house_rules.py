import pytest

from forums.moderation.models import Act, Decision
from forums.moderation.rules.models import HouseRule
from tests.make import make_topic

pytestmark = pytest.mark.django_db
ADD = "/admin/forums/houserule/add/"
FORM = {"number": 101, "title": "ไม่ขายของ", "text": "ไม่โฆษณาขายของในห้องคุย", "holds": "on"}


def test_a_moderator_writes_mends_and_retires_a_rule(as_, moderator):
    admin = as_(moderator)
    assert admin.post(ADD, FORM).status_code == 302
    rule = HouseRule.objects.get(number=101)
    page = f"/admin/forums/houserule/{rule.pk}/change/"
    assert admin.post(page, FORM | {"title": "ไม่ปล่อยกู้", "number": 5}).status_code == 302
    rule.refresh_from_db()
    assert (rule.number, rule.title, rule.retired_at) == (101, "ไม่ปล่อยกู้", None)
    assert admin.post(page, {**FORM, "holds": ""}).status_code == 302
    assert not HouseRule.objects.in_force().filter(pk=rule.pk).exists()


def test_no_rule_is_deleted(as_, moderator):
    admin = as_(moderator)
    admin.post(ADD, FORM)
    rule = HouseRule.objects.get(number=101)
    assert admin.post(f"/admin/forums/houserule/{rule.pk}/delete/").status_code == 403


def test_members_do_not_come_here(as_, malee):
    assert as_(malee).get(ADD).status_code == 403


def test_an_act_names_the_rule_it_rests_on(as_, moderator, malee):
    admin, topic = as_(moderator), make_topic(malee)
    admin.post(ADD, FORM)
    rule = HouseRule.objects.get(number=101)
    act = f"/admin/forums/topic/act/hide/?ids={topic.pk}"
    assert "101. ไม่ขายของ" in admin.get(act).content.decode()
    answer = admin.post(act, {"reason": "โฆษณาสินค้า", "rule": rule.pk})
    assert answer.status_code == 302
    assert Decision.objects.get(act=Act.HIDE).rule == rule


def test_a_retired_rule_is_no_ground(as_, moderator, malee):
    admin, topic = as_(moderator), make_topic(malee)
    admin.post(ADD, {**FORM, "holds": ""})
    rule = HouseRule.objects.get(number=101)
    act = f"/admin/forums/topic/act/hide/?ids={topic.pk}"
    assert f'<option value="{rule.pk}">' not in admin.get(act).content.decode()
    answer = admin.post(act, {"reason": "โฆษณาสินค้า", "rule": rule.pk})
    assert answer.status_code == 400
    assert "โฆษณาสินค้า" in answer.content.decode()
