"""The page of the levels says the whole table of the code."""

from dataclasses import fields, replace
from datetime import timedelta

import pytest

from accounts.models import TrustLevel
from accounts.trust import RIGHTS, Rights
from forums.moderation.trust.said import lines_of

OTHER = {
    "repeats": lambda now: not now,
    "writes_to_anyone": lambda now: not now,
    "invites_as_known": lambda now: not now,
    "edits_for": lambda now: (now or timedelta()) + timedelta(days=7),
}


@pytest.mark.parametrize("level", [TrustLevel.NEW, TrustLevel.KNOWN])
@pytest.mark.parametrize("right", [each.name for each in fields(Rights)])
def test_each_right_is_said_so_that_another_number_reads_otherwise(right, level):
    rights = RIGHTS[level]
    now = getattr(rights, right)
    change = OTHER.get(right, lambda now: (now or 0) + 7)
    changed = {right: change(now)}
    if right in ("first_day_topics", "first_day_replies") and now is None:  # they come together
        changed = {"first_day_topics": 7, "first_day_replies": 7}
    assert lines_of(replace(rights, **changed)) != lines_of(rights)


def test_what_waits_on_level_one_is_said_there():
    said = "\n".join(lines_of(RIGHTS[TrustLevel.KNOWN]))
    assert "10" in said
    assert "30 วัน" in said
    assert "ที่เดียวกัน" not in said
    assert said.count("รอผู้ดูแล") >= 2


def test_both_pages_show_it(as_, malee):
    for line in lines_of(RIGHTS[TrustLevel.NEW]):
        assert line in as_(None).get("/levels/").text.replace("&#x27;", "'")
    malee.trust_level = TrustLevel.KNOWN
    malee.save(update_fields=["trust_level"])
    page = as_(malee).get("/settings/standing/").text
    for line in lines_of(RIGHTS[TrustLevel.KNOWN]):
        assert line in page, line
