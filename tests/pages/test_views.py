import pytest

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


def test_the_service_worker_is_one_file_of_all_there_are_for_the_whole_site(as_):
    answer = as_(None).get("/sw.js")
    assert answer.headers["Content-Type"] == "text/javascript"
    assert answer.headers["Service-Worker-Allowed"] == "/"
    assert "no-cache" in answer.headers["Cache-Control"]
    assert 'addEventListener("push"' in answer.text
