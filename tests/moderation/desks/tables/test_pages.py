import pytest

from forums.pages.actions import save_page
from forums.pages.models import CommunityLink, Page

pytestmark = pytest.mark.django_db
FORM = {"title": "กติกา", "slug": "rules", "body": "ใหม่ **กว่า**", "position": 10, "in_footer": "on"}


@pytest.fixture
def admin(as_, moderator):
    moderator.is_superuser = True
    moderator.save()
    return as_(moderator)


def test_a_page_is_written_and_changed_in_the_admin(admin):
    assert admin.post("/admin/forums/page/add/", FORM).status_code == 302
    page = Page.objects.get()
    assert "<strong>กว่า</strong>" in page.body_html
    changed = FORM | {"body": "ใหม่สุด"}
    assert admin.post(f"/admin/forums/page/{page.pk}/change/", changed).status_code == 302
    assert "ใหม่สุด" in Page.objects.get().body_html


@pytest.mark.parametrize("field", ["title", "body"])
def test_a_page_of_invisible_characters_comes_back_with_a_message(admin, field):
    answer = admin.post("/admin/forums/page/add/", FORM | {field: "\u200b"})
    assert answer.status_code == 200
    assert "errorlist" in answer.content.decode()
    assert not Page.objects.exists()


def test_pages_are_deleted_in_the_admin_one_and_several(admin):
    for slug in ("one", "two", "three"):
        save_page(slug=slug, title=slug, body="…")
    first = Page.objects.get(slug="one")
    assert admin.post(f"/admin/forums/page/{first.pk}/delete/", {"post": "yes"}).status_code == 302
    rest = list(Page.objects.values_list("pk", flat=True))
    answer = admin.post(
        "/admin/forums/page/",
        {"action": "delete_selected", "_selected_action": rest, "post": "yes"},
    )
    assert answer.status_code == 302
    assert not Page.objects.exists()


def test_a_link_leads_to_the_web_and_nowhere_else(admin):
    bad = {"name": "เฟซบุ๊ก", "url": "javascript:alert(1)", "position": 1}
    assert admin.post("/admin/forums/communitylink/add/", bad).status_code == 200
    good = bad | {"url": "https://www.facebook.com/"}
    assert admin.post("/admin/forums/communitylink/add/", good).status_code == 302
    assert CommunityLink.objects.get().url == "https://www.facebook.com/"


def test_a_member_does_not_reach_the_admin_of_pages(as_, malee):
    assert as_(malee).get("/admin/forums/page/").status_code in {302, 403}
