"""The script itself: it must hold together at whatever hour the demo is started."""

import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from accounts.provinces import PROVINCE_NAMES
from forums.base.appearance import Colour, Emblem
from forums.demo.network_script import load_network_steps, month_back
from forums.demo.script import (
    CONTENT,
    ScriptError,
    in_order,
    load_json,
    load_pages,
    load_steps,
    moment,
)
from forums.text.handles import handle_problem

BANGKOK = ZoneInfo("Asia/Bangkok")
NOW = datetime(2026, 11, 22, 22, 17, tzinfo=BANGKOK)


@pytest.mark.parametrize("clock", [(0, 0), (0, 30), (6, 0), (12, 0), (19, 0), (23, 59)])
def test_nothing_happens_before_its_cause_or_after_now(clock):
    now = NOW.replace(hour=clock[0], minute=clock[1])
    steps = load_steps(now)
    assert steps[-1].at < now
    said = set()
    for step in steps:
        if step.verb in {"start", "reply"}:
            assert step.verb == "start" or (step.topic, step.to) in said
            said.add((step.topic, step.post))
        else:
            assert (step.topic, step.post) in said


@pytest.mark.parametrize("clock", [(0, 0), (0, 30), (6, 0), (12, 0), (19, 0), (23, 59)])
def test_nobody_is_in_a_network_or_an_activity_before_it_is_there(clock):
    now = NOW.replace(hour=clock[0], minute=clock[1])
    steps = in_order([*load_network_steps(now), *load_steps(now)], now)
    networks, activities, said, members = set(), set(), set(), set()
    for step in steps:
        if step.verb == "register":
            networks.add(step.network)
            members.add((step.network, step.by))
        elif step.verb in {"join", "use_invitation"}:
            members.add((step.network, step.by))
        elif step.verb == "answer_application":
            members.add((step.network, step.more["handle"]))
        elif step.verb == "announce":
            assert said.issuperset(step.more["topics"])
            assert step.more["starts_at"] > step.at
            activities.add(step.more["activity"])
        elif "activity" in step.more:
            assert step.more["activity"] in activities
        if step.verb == "start":
            said.add(step.topic)
            assert (
                step.more["board"].partition("/")[1] == ""
                or step.more["board"].split("/")[0] in networks
            )
        if step.network:
            assert step.network in networks
        if step.verb in {"start", "reply", "view"} and step.network:
            assert (step.network, step.by) in members


def test_something_is_on_in_the_next_days_whenever_the_demo_is_started():
    for hour in (0, 6, 12, 18, 23):
        now = NOW.replace(hour=hour)
        announced = [s for s in load_network_steps(now) if s.verb == "announce"]
        soon = [s for s in announced if now < s.more["starts_at"] < now + timedelta(days=7)]
        assert len(soon) >= 5
        assert [s for s in announced if s.more["ends_at"] < now]


def test_months_are_counted_from_now():
    assert month_back("18m", NOW) == date(2025, 5, 1)
    assert month_back("0m", NOW, 5) == date(2026, 11, 5)
    assert month_back("+2m", NOW) == date(2027, 1, 1)
    assert month_back("", NOW) is None
    with pytest.raises(ScriptError):
        month_back("last year", NOW)


def test_the_money_of_two_years_is_in_the_past():
    for now in (NOW, NOW.replace(month=3, day=1), NOW.replace(month=1, day=31)):
        lines = [step for step in load_network_steps(now) if step.verb == "line"]
        days = {step.more["date"] for step in lines}
        assert max(days) < now.date()
        assert len({day.year for day in days}) >= 2
        assert all(step.at.date() >= step.more["date"] for step in lines)


def test_moments_are_read_in_bangkok_time():
    assert moment("2d 19:20", NOW) == datetime(2026, 11, 20, 19, 20, tzinfo=BANGKOK)
    assert moment("3h30m", NOW) == NOW - timedelta(hours=3, minutes=30)
    assert moment("+1d2h", NOW, after=NOW) == NOW + timedelta(days=1, hours=2)
    for wrong in ("", "yesterday", "2d 7", "+3h", "3h later"):
        with pytest.raises(ScriptError):
            moment(wrong, NOW)


def test_every_member_could_have_signed_up():
    for row in load_json("members"):
        assert handle_problem(row["handle"]) is None
        assert row["province"] in PROVINCE_NAMES
        assert row["email"].endswith("@example.org")


def test_boards_wear_the_houses_colours_and_emblems():
    for group in load_json("boards"):
        for board in (group, *group["rooms"]):
            assert board["colour"] in Colour.values
            assert board["emblem"] in Emblem.values
            assert len(board["scope"]) <= 160


def test_the_opening_article_is_long_and_ends_with_a_question():
    steps = [s for s in load_steps(NOW) if s.topic.startswith("01-")]
    opening = steps[0].text
    assert len(opening) > 5000
    for mark in ("## ", "\n1. ", "\n> ", "\n| ", "[^1]: ", "](picture:"):
        assert mark in opening
    assert "คำถามถึงท่าน" in opening


def test_no_text_holds_what_looks_like_a_real_address_or_number():
    for path in CONTENT.rglob("*.*"):
        text = path.read_text("utf-8")
        for url in re.findall(r"https?://([^/\s)\"<>]+)", text):
            assert url.endswith("example.org") or url in {"www.youtube.com", "www.facebook.com"}
        # 081-000-… stands for one, where the story is about a number.
        assert not re.search(r"\b0(?!81-000-)[2-9]\d?[- ]?\d{3}[- ]?\d{3,4}\b", text)
        for address in re.findall(r"[a-zA-Z0-9_.]+@([\w.]+)", text):  # กับ@somchai names her
            assert address == "example.org"


def test_the_house_has_its_pages():
    pages = load_pages()
    slugs = ["about", "rules", "privacy", "terms", "takedown", "accessibility", "ai"]
    slugs += ["takedown-intro", "takedown-truth", "takedown-after", "breach"]
    assert [slug for slug, _, _ in pages] == slugs
    assert all(title and text for _, title, text in pages)
    assert "90 วัน" in pages[2][2]
    assert "นักกฎหมาย" in pages[2][2]
