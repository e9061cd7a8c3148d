"""Links on the pages of both networks: asked for by name, agreed to, ended."""

from forums.groups.links.actions import ask_link
from forums.groups.links.models import NetworkLink
from forums.moderation.merging.actions import merge
from forums.moderation.networks import actions as acts
from tests.answers import page
from tests.make import make_network


def test_another_network_is_found_by_some_words_of_its_name(as_, malee, somchai):
    network = make_network("คนรักคลอง", malee)
    make_network("อาสาสมัครลุ่มน้ำว้า", somchai)
    url = f"{network.get_absolute_url()}links/"
    answer = as_(malee).post(url, {"kind": "linked", "other": "น้ำว้า"})
    assert answer.status_code == 400
    assert 'value="อาสาสมัครลุ่มน้ำว้า"' in answer.content.decode()
    sent = {"kind": "linked", "other": "น้ำว้า", "choice": "อาสาสมัครลุ่มน้ำว้า"}
    assert as_(malee).post(url, sent).status_code == 302
    link = NetworkLink.objects.get()
    theirs = "/n/อาสาสมัครลุ่มน้ำว้า/links/"
    assert "คนรักคลอง" in page(as_(somchai), theirs)
    assert as_(malee).post(f"{url}{link.pk}/confirm/").status_code == 403
    assert as_(somchai).post(f"{theirs}{link.pk}/confirm/").status_code == 302
    assert "อาสาสมัครลุ่มน้ำว้า" in page(as_(None), network.get_absolute_url())
    assert as_(malee).post(f"{url}{link.pk}/end/").status_code == 302
    assert not NetworkLink.objects.exists()
    nobody = as_(malee).post(url, {"kind": "linked", "other": "ไม่มีแน่นอน"})
    assert "ไม่พบเครือข่ายชื่อนี้" in nobody.content.decode()


def test_a_link_of_other_networks_is_not_found(as_, malee, somchai):
    network = make_network("คนรักคลอง", malee)
    link = ask_link(
        member=somchai,
        network=make_network("หนึ่ง", somchai),
        other=make_network("สอง"),
        kind="linked",
    )
    for what in ("confirm", "end"):
        url = f"{network.get_absolute_url()}links/{link.pk}/{what}/"
        assert as_(malee).post(url).status_code == 404


def test_a_network_that_is_archived_or_merged_is_called_so(as_, malee, moderator, network):
    archived, gone, there = (make_network(name) for name in ("ครัวกลาง", "คลองเก่า", "คลองใหม่"))
    acts.archive(moderator=moderator, network=archived, reason="จบแล้ว")
    merge(moderator=moderator, network=gone, into=there, reason="เรื่องเดียวกัน")
    url = f"{network.get_absolute_url()}links/"
    for typed, said in (("ครัวกลาง", "เก็บเข้าคลัง"), ("คลองเก่า", "คลองใหม่")):
        answer = as_(malee).post(url, {"other": typed, "kind": "linked"})
        assert answer.status_code == 400
        assert said in answer.content.decode()
