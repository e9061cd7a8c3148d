import pytest
from django.db import OperationalError

from forums.pages import context
from forums.pages.actions import save_link, save_page

pytestmark = pytest.mark.django_db


def test_the_footer_costs_two_queries_and_then_none(rf, django_assert_num_queries):
    save_page(slug="rules", title="กติกา", body="…", position=2)
    save_page(slug="about", title="เกี่ยวกับเรา", body="…", position=1)
    save_link(name="เฟซบุ๊ก", url="https://www.facebook.com/")
    with django_assert_num_queries(2):
        footer = context.site(rf.get("/"))
    assert [page["url"] for page in footer["site_pages"]] == ["/pages/about/", "/pages/rules/"]
    assert footer["site_links"] == [{"name": "เฟซบุ๊ก", "url": "https://www.facebook.com/"}]
    with django_assert_num_queries(0):
        assert context.site(rf.get("/")) == footer


def test_the_footer_is_empty_while_the_database_does_not_answer(rf, monkeypatch):
    def gone():
        raise OperationalError

    monkeypatch.setattr(context, "_load", gone)
    assert context.site(rf.get("/"))["site_pages"] == []
