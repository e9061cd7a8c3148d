"""Which words are one tag and which are two; where each is found."""

import importlib
import json
from unittest.mock import patch

import pytest
from django.apps import apps
from django.db import connection
from django.urls import resolve

from forums.base.errors import BadText
from forums.search.query.lookups import find_tags
from forums.tags.models import KEY_LENGTH, Tag
from forums.tags.tagging import get_tags, split_tags
from forums.text.naming import sort_key
from tests.make import make_topic
from tests.needs import needs_shared
from tests.threads import in_threads

TWO = [
    ("C", "C++"),
    ("C++", "C#"),
    ("C", "C#"),
    ("ๆ", "ພາສາລາວ"),
    ("ພາສາລາວ", "ພາສາໄທ"),
    ("မြန်မာ", "ມຽນມາ"),
    ("မြန်မာ", "ရှမ်း"),
    ("中文", "日本語"),
    ("🔥", "💧"),
    ("🏴󠁧󠁢󠁥󠁮󠁧󠁿", "🏴󠁧󠁢󠁳󠁣󠁴󠁿"),
    ("👍", "👍🏽"),
    ("ខ្មែរ", "العربية"),
    ("แบบบ้าน", "แบ้าน"),
    ("ระบบบริการ", "ระบริการ"),
    ("งงงัน", "งัน"),
    ("ข่าว", "ข้าว"),
    ("Node.js", "node-js"),
    ("!!!", "???"),
]
ONE = [
    ("น้ำ", "นำ้"),
    ("น้ำ", "น\u0e4d\u0e49า"),
    ("น้ำท่วม", "น้ำ\u200bท่วม"),
    ("Covid-19", "COVID_๑๙"),
    ("c＃", "C#"),
    ("ＢＴＳ", "bts"),
    ("❤️", "❤"),
    ("café", "cafe\u0301"),
    ("เด็กๆ", "เด็ก"),
    ("km/h", "km-h"),
]


def tag_of(malee, board, name) -> Tag:
    topic = make_topic(malee, board, title=f"เรื่องของ {name}", tags=split_tags(name))
    return topic.tags.get()


@pytest.mark.parametrize(("first", "then"), TWO)
def test_two_names_are_two_tags_with_a_page_each(client, malee, board, first, then):
    one, other = tag_of(malee, board, first), tag_of(malee, board, then)
    assert (one.name, other.name) == (first, then)
    assert one.slug != other.slug
    for tag, name, not_this in ((one, first, then), (other, then, first)):
        page = client.get(tag.get_absolute_url())
        topics = [row.title for row in page.context["page"].rows]
        assert topics == [f"เรื่องของ {name}"] != [f"เรื่องของ {not_this}"]
        assert client.get(tag.get_absolute_url() + "feed/").status_code == 200


@pytest.mark.parametrize(("first", "then"), ONE)
def test_two_ways_to_write_it_are_one_tag(malee, board, first, then):
    assert tag_of(malee, board, first) == tag_of(malee, board, then)
    assert len(split_tags(f"{first} {then}")) == 1


def test_the_pairs_that_were_found(db):
    for case in json.loads(needs_shared("data", "cases", "tags.json").read_text()):
        one, other = (get_tags(split_tags(case[part])) for part in ("first", "then"))
        assert (one == other) == case["right"].startswith("one tag"), case


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("C# F#, C++", ["C#", "F#", "C++"]),
        ("#น้ำ#ป่า #C#", ["น้ำ", "ป่า", "C#"]),
        ("C#น้ำ C#-ป่า", ["C", "น้ำ", "C#-ป่า"]),
        ("น้ำ# ป่า", ["น้ำ", "ป่า"]),
        ("# ## , - / …", ["…"]),
        ("แบบบ้าน ระบบบริการ งงงัน กกกอด", ["แบบบ้าน", "ระบบบริการ", "งงงัน", "กกกอด"]),
    ],
)
def test_a_line_is_parted_where_tags_begin(typed, names):
    assert split_tags(typed) == names


def test_a_key_is_no_longer_than_there_is_room():
    with pytest.raises(BadText):
        split_tags("㌖" * 40)
    (name,) = split_tags("ก" + "㌖" * 10)
    assert len(name) <= KEY_LENGTH


@pytest.mark.parametrize("name", ["แบบบ้าน", "ระบบบริการ", "C++", "ພາສາລາວ", "中文", "🔥"])
def test_an_address_says_the_name_and_leads_there(db, name):
    (tag,) = get_tags([name])
    assert tag.get_absolute_url() == f"/tags/{name.lower()}/"
    assert resolve(tag.get_absolute_url()).kwargs == {"slug": tag.slug}


def test_signs_that_end_a_path_are_written_so_that_they_do_not(db):
    (tag,) = get_tags(["C#?%"])
    assert tag.get_absolute_url() == "/tags/c%23%3F%25/"


def test_an_address_an_older_tag_has_stays_with_it(db):
    old = Tag.objects.create(name="Node.js", key="node.js", slug="node-js", sort_key="node.js")
    assert [tag.slug for tag in get_tags(["node.js", "node-js"])] == ["node-js", "node-js-2"]
    assert get_tags(["NODE.JS"]) == [old]


@pytest.mark.django_db(transaction=True)
def test_two_writers_at_once_make_one_tag_of_each_name():
    names = ["C++", "C#", "ลาว"]
    made = in_threads(lambda line: [tag.pk for tag in get_tags(line)], [names, names[::-1]] * 2)
    assert {tuple(sorted(ids)) for ids in made} == {tuple(sorted(made[0]))}
    assert Tag.objects.count() == 3


@pytest.mark.parametrize("name", ["C++", "ພາສາລາວ", "🔥", "แบบบ้าน"])
def test_a_filter_of_the_search_means_this_tag(malee, board, name):
    wanted = {tag_of(malee, board, each).name: each for each in ("C", "C#", name)}
    assert find_tags({name}, malee)[name] == {Tag.objects.get(name=wanted[name]).pk}


def test_the_migration_gives_keys_and_mends_addresses_that_did_not_say_the_name(db):
    """As older versions left them; keys are promised since, so the test takes the promise back for itself."""
    left = {"แบบบ้าน": "แบ้าน", "ພາສາລາວ": "-", "Node.js": "node-js", "น้ำ": "น้ำ", "งงงัน": "งัน"}
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE forums_tag ALTER COLUMN key DROP NOT NULL")
    for name, slug in left.items():
        Tag.objects.create(name=name, key=None, slug=slug, sort_key="old")
    migration = importlib.import_module("forums.migrations.0013_tag_keys")
    with patch.object(migration, "BATCH", 2):
        migration.fill(apps, None)
    rows = Tag.objects.values_list("name", "key", "slug")
    assert {name: (key, slug) for name, key, slug in rows} == {
        "แบบบ้าน": ("แบบบ้าน", "แบบบ้าน"),
        "ພາສາລາວ": ("ພາສາລາວ", "ພາສາລາວ"),
        "Node.js": ("node.js", "node-js"),
        "น้ำ": ("น้ำ", "น้ำ"),
        "งงงัน": ("งงงัน", "งงงัน"),
    }
    assert Tag.objects.get(name="งงงัน").sort_key == sort_key("งงงัน")
