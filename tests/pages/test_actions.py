import pytest
from django.core.cache import caches

from forums.base.errors import BadText
from forums.pages.actions import (
    delete_link,
    delete_page,
    render_again,
    save_link,
    save_page,
)
from forums.pages.context import FOOTER
from forums.pages.models import CommunityLink, Page
from forums.text.render import RENDERER_VERSION

pytestmark = pytest.mark.django_db


def rules(**fields):
    return save_page(
        **{"slug": "rules", "title": "กติกาของเรา", "body": "# ข้อแรก\n\nพูดดี ๆ"} | fields
    )


def test_a_page_is_stored_with_its_html():
    page = rules()
    assert "<h2" in page.body_html
    assert "พูดดี ๆ" in page.body_html
    assert page.renderer_version == RENDERER_VERSION


def test_saving_again_changes_the_same_page():
    page = rules()
    save_page(page=page, slug="rules", title="กติกา", body="สั้นลงแล้ว")
    assert Page.objects.get() == page
    assert "สั้นลงแล้ว" in Page.objects.get().body_html


def test_html_in_a_page_is_text():
    assert "<script" not in rules(body="<script>alert(1)</script>").body_html


@pytest.mark.parametrize("field", ["title", "body"])
def test_a_page_with_nothing_to_see_is_refused(field):
    with pytest.raises(BadText):
        rules(**{field: "\u200b \u2060"})
    assert not Page.objects.exists()


def test_a_page_longer_than_the_renderer_takes_is_refused():
    with pytest.raises(BadText):
        rules(body="ก" * 32_001)


@pytest.mark.django_db(transaction=True)
def test_every_write_makes_the_process_forget_its_footer():
    def remembered():
        return caches["process"].get(FOOTER) is not None

    def remember():
        caches["process"].set(FOOTER, {})

    remember()
    page = rules()
    assert not remembered()
    remember()
    link = save_link(name="ยูทูบ", url="https://www.youtube.com/")
    assert not remembered()
    remember()
    delete_link(link=link)
    assert not remembered()
    remember()
    delete_page(page=page)
    assert not remembered()
    assert not Page.objects.exists()
    assert not CommunityLink.objects.exists()


def test_rendering_again_leaves_the_date_of_change_alone():
    page = rules()
    Page.objects.update(body_html="", renderer_version=0)
    before = Page.objects.get().updated_at
    render_again(page=page)
    after = Page.objects.get()
    assert after.body_html
    assert after.renderer_version == RENDERER_VERSION
    assert after.updated_at == before
