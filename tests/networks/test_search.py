"""What a network is found by."""

from forums.networks.search import STORY_LENGTH, search_words


def test_the_name_weighs_most_then_aim_and_tags_then_the_story():
    made = search_words("คลอง", "ป่า", ["ทะเล"], "ภูเขา")
    assert "'คลอง':1A" in made
    assert "'ป่า':22B" in made
    assert "'ทะเล':43B" in made
    assert "'ภูเขา':64" in made
    assert "D" in made.split("'ภูเขา':64")[1]


def test_a_story_without_end_is_cut():
    made = search_words("คลอง", "ป่า", [], "ก " * STORY_LENGTH + "ท้ายเรื่อง")
    assert "ท้าย" not in made
