"""What a network is found by."""

from forums.groups.directory.lists import named, page
from forums.groups.directory.query import Asked
from forums.groups.networks.models import Network
from forums.groups.networks.search_words import search_words, store_search_words
from forums.groups.profiles.actions import edit_network
from forums.moderation.merging.actions import merge
from tests.make import make_network
from tests.management.commands import recount


def found(words):
    found, _count = page(Asked(words=words), {})
    return {row.name for row in found.rows}


def test_the_name_weighs_most_then_aim_and_tags_then_the_story():
    made = search_words("คลอง", "ป่า", ["ทะเล"], "ภูเขา")
    assert "'คลอง':1A" in made
    assert "'ป่า':22B" in made
    assert "'ทะเล':43B" in made
    assert "'ภูเขา':64" in made
    assert "D" in made.split("'ภูเขา':64")[1]


def test_a_network_is_found_by_its_tags_from_its_registering_on(malee):
    network = make_network("คนริมน้ำ", malee, tags=["ขยะ", "เรือ"], story="เริ่มจากตลาดเก่า")
    for word in ("ริมน้ำ", "ขยะ", "เรือ", "ตลาด"):
        assert found(word) == {"คนริมน้ำ"}, word
    edit_network(editor=malee, network=network, tags=["เรือ", "ป่าชายเลน"])
    assert (found("ขยะ"), found("ป่าชายเลน"), found("เรือ")) == (set(), {"คนริมน้ำ"}, {"คนริมน้ำ"})
    edit_network(editor=malee, network=network, name="คนริมทะเล")  # tags stay, and stay words of it
    assert found("ทะเล เรือ ตลาด") == {"คนริมทะเล"}
    assert [row.name for row in named("ป่าชายเลน")] == ["คนริมทะเล"]


def test_tags_that_come_with_a_merged_network_find_the_one_that_goes_on(malee, moderator):
    source = make_network("คนคูคลอง", malee, tags=["เรือ"])
    target = make_network("คนริมน้ำ", malee)
    merge(moderator=moderator, network=source, into=target, reason="เป็นกลุ่มเดียวกัน")
    assert found("เรือ") == {"คนริมน้ำ"}
    assert recount() == ["Everything was right."]


def test_recount_renews_what_was_stored_in_another_form_and_names_it(malee):
    old, right = make_network("คนริมน้ำ", malee, tags=["เรือ"]), make_network("คนเมือง", malee)
    Network.objects.filter(pk=old.pk).update(search_words="'อื่น':1A")
    before = Network.objects.values_list("search_words", flat=True).get(pk=right.pk)
    assert recount() == [f"network {old.slug}: the words it is found by", "1 corrected."]
    assert found("เรือ") == {"คนริมน้ำ"}
    assert Network.objects.values_list("search_words", flat=True).get(pk=right.pk) == before
    assert store_search_words([old.pk, right.pk]) == set()
