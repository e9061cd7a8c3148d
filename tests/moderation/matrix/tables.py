"""The same of tables in the admin."""

from datetime import timedelta

from django.utils import timezone

from forums.moderation.crawlers.actions import save_crawler
from forums.moderation.rules.actions import write_rule
from forums.pages.actions import save_page
from forums.pages.models import CommunityLink
from forums.privacy.traffic.actions import give_right
from tests.moderation.matrix.doors import door
from tests.moderation.matrix.place import (
    HEAD,
    SITE,
    WHY,
)

# -- tables in the admin -------------------------------------------------------------------------------


@door("forums_network_add", SITE)
def _network(place):
    named = {"name": "เครือข่ายใหม่", "aim": "ดูแลป่า", "kind": "both", "member": "keeper"}
    return "/admin/forums/network/add/", named | {"reason": WHY}


@door("forums_board_add", HEAD)
def _board(place):
    levels = {
        "read_level": "-1",
        "write_level": "0",
        "position": "1",
        "colour": "khram",
        "emblem": "talk",
    }
    return "/admin/forums/board/add/", {"name": "ห้องใหม่", "slug": "new-room", **levels}


@door("forums_board_change", HEAD)
def _board_change(place):
    _url, fields = _board(place)
    return f"/admin/forums/board/{place.pk('board')}/change/", fields


@door("forums_board_delete", HEAD)
def _board_delete(place):
    return f"/admin/forums/board/{place.pk('board')}/delete/", {"post": "yes"}


def _page():
    return {"slug": "guide", "title": "คู่มือ", "body": "เริ่มที่นี่", "position": "9"}


@door("forums_page_add", HEAD)
def _page_add(place):
    return "/admin/forums/page/add/", _page()


@door("forums_page_change", HEAD)
def _page_change(place):
    made = save_page(**_page() | {"position": 9, "in_footer": False})
    return f"/admin/forums/page/{made.pk}/change/", _page() | {"title": "คู่มือใหม่"}


@door("forums_page_delete", HEAD)
def _page_delete(place):
    url, _fields = _page_change(place)
    return url.replace("change", "delete"), {"post": "yes"}


def _link():
    return {"name": "ที่อื่น", "url": "https://example.org/", "position": "1"}


@door("forums_communitylink_add", HEAD)
def _link_add(place):
    return "/admin/forums/communitylink/add/", _link()


@door("forums_communitylink_change", HEAD)
def _link_change(place):
    made = CommunityLink.objects.create(name="ที่นั่น", url="https://example.com/")
    return f"/admin/forums/communitylink/{made.pk}/change/", _link()


@door("forums_communitylink_delete", HEAD)
def _link_delete(place):
    url, _fields = _link_change(place)
    return url.replace("change", "delete"), {"post": "yes"}


def _rule():
    return {"number": "97", "title": "ค้านเรื่อง", "text": "ไม่ค้านคน", "holds": "on"}


@door("forums_houserule_add", SITE)
def _rule_add(place):
    return "/admin/forums/houserule/add/", _rule()


@door("forums_houserule_change", SITE)
def _rule_change(place):
    words = {"title": "เดิม", "text": "เดิม"}
    made = write_rule(moderator=place.people["moderator"], number=97, **words)
    return f"/admin/forums/houserule/{made.pk}/change/", _rule()


def _sign():
    return {"sign": "WorldBot", "treatment": "allowed", "seconds": "0", "note": ""}


@door("forums_crawler_add", HEAD)
def _crawler_add(place):
    return "/admin/forums/crawler/add/", _sign()


@door("forums_crawler_change", HEAD)
def _crawler_change(place):
    made = save_crawler(sign="OtherBot", treatment="refused")
    return f"/admin/forums/crawler/{made.pk}/change/", _sign()


@door("forums_crawler_delete", HEAD)
def _crawler_delete(place):
    url, _fields = _crawler_change(place)
    return url.replace("change", "delete"), {"post": "yes"}


@door("forums_trafficlook_add", frozenset({"moderator"}))
def _look(place):
    """She has the right; the administrator has given it, and none to herself."""
    one, head = place.people["moderator"], place.people["administrator"]
    give_right(administrator=head, member=one)
    until = timezone.localtime()
    times = {"since": until - timedelta(hours=1), "until": until}
    typed = {name: f"{at:%Y-%m-%dT%H:%M}" for name, at in times.items()}
    return "/admin/forums/trafficlook/add/", {**typed, "why": "คำสั่งที่ 9/2569"}


@door("forums_trafficreader_add", HEAD)
def _reader(place):
    return "/admin/forums/trafficreader/add/", {"handle": place.people["moderator"].handle}


@door("forums_trafficreader_delete", HEAD)
def _reader_delete(place):
    one, head = place.people["moderator"], place.people["administrator"]
    made = give_right(administrator=head, member=one)
    return f"/admin/forums/trafficreader/{made.pk}/delete/", {"post": "yes"}


@door("forums_wording_add", HEAD)
def _wording(place):
    boxes = {"age": "อายุ 20 ปีขึ้นไป", "terms": "ตกลงตามกติกา"}
    return "/admin/forums/wording/add/", {"said": "เก็บข้อมูลจราจร 90 วัน", **boxes}
