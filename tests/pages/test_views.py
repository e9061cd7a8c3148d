import pytest

from forums.base.offline import KEEP
from forums.pages.actions import save_page

pytestmark = pytest.mark.django_db


@pytest.fixture
def rules():
    return save_page(slug="rules", title="กติกาของเรา", body="พูดจากที่ที่ยืน")


def test_everyone_reads_a_page(rules, as_, malee):
    for person in (None, malee):
        answer = as_(person).get("/pages/rules/")
        assert answer.status_code == 200
        assert "พูดจากที่ที่ยืน" in answer.content.decode()
        assert "/change/" not in answer.content.decode()


def test_an_unknown_page_is_404(rules, as_):
    assert as_(None).get("/pages/nothing/").status_code == 404


def test_a_page_takes_no_post(rules, as_, malee):
    assert as_(malee).post("/pages/rules/").status_code == 405


def test_an_administrator_reaches_the_form_in_one_click(rules, as_, moderator):
    moderator.is_superuser = True
    moderator.save()
    assert f"/admin/forums/page/{rules.pk}/change/" in (
        as_(moderator).get("/pages/rules/").content.decode()
    )


def test_the_footer_links_the_page_and_not_one_left_out(rules, as_):
    save_page(slug="quiet", title="หน้าเงียบ", body="…", in_footer=False)
    text = as_(None).get("/pages/quiet/").content.decode()
    assert 'href="/pages/rules/"' in text
    assert 'href="/pages/quiet/"' not in text


def test_what_is_for_moderators_nobody_else_opens_and_no_device_keeps(as_, malee, moderator):
    save_page(slug="breach", title="เมื่อข้อมูลรั่ว", body="โทรก่อน", staff_only=True)
    for person in (None, malee):
        assert as_(person).get("/pages/breach/").status_code == 404
    answer = as_(moderator).get("/pages/breach/")
    assert "โทรก่อน" in answer.content.decode()
    assert KEEP not in answer.headers
    assert 'href="/pages/breach/"' not in as_(None).get("/contact/").content.decode()
