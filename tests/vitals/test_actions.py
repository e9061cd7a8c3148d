"""Signs of life."""

from datetime import timedelta

from django.utils import timezone

from forums.management.commands import deliver as command
from forums.vitals.actions import forget_parts, give_signs
from forums.vitals.models import SignOfLife


def signs() -> dict:
    return dict(SignOfLife.objects.values_list("part", "at"))


def test_of_two_workers_the_one_that_came_last_counts(db):
    now = timezone.now()
    give_signs({"worker": now, "push": now - timedelta(minutes=3)})
    give_signs({"worker": now - timedelta(minutes=1), "push": now})
    assert signs() == {"worker": now, "push": now}


def test_a_part_the_worker_has_no_more_is_forgotten(db):
    now = timezone.now()
    give_signs({"worker": now, "push": now})
    forget_parts(but=["worker"])
    assert signs() == {"worker": now}


def test_the_worker_gives_a_sign_now_and_then_with_all_its_parts(db, monkeypatch):
    give_signs({"of before": timezone.now()})
    worker, began = command.Command(), timezone.now()
    worker._rounds, worker._beaten = {"letters": began, "worker": began}, None
    worker._beat(stop=lambda: False)
    first = signs()
    assert first["letters"] == began < first["worker"]
    assert "of before" not in first
    worker._beat(stop=lambda: False)  # too soon for another
    assert signs() == first
    worker._beaten -= timedelta(seconds=command.BEAT)
    worker._beat(stop=lambda: False)
    assert signs()["worker"] > first["worker"]


def test_one_round_by_a_timer_is_a_sign_too(db, malee):
    from django.core.management import call_command

    call_command("deliver")
    assert timezone.now() - signs()["worker"] < timedelta(minutes=1)
