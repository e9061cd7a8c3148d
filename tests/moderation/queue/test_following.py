"""What waits in tables of other nouns stands in the queue: requests of networks, representatives, lost devices."""

from datetime import timedelta

import pytest
from django.utils import timezone

from forums.base.errors import AlreadyDecided
from forums.groups.organisations.actions import (
    confirm_representative,
    set_coordinator,
    take_back_representative,
)
from forums.groups.organisations.models import Representative
from forums.groups.staff_requests.actions import ask_moderators
from forums.groups.staff_requests.models import StaffRequest
from forums.moderation.grounds import Grounds
from forums.moderation.lost_devices import actions as lost_devices
from forums.moderation.models import Act
from forums.moderation.networks import actions as acts
from forums.moderation.organisations.kinds import CLAIM
from forums.moderation.queue import actions
from forums.moderation.queue.models import Case, CaseState
from forums.moderation.queue.registry import answers_to, case_kinds
from forums.moderation.subjects import subject_at
from tests.groups.organisations.make import make_organisation, represent
from tests.make import make_member
from tests.passkeys import give_passkey
from tests.threads import in_threads

WHY = Grounds("ตรวจกับเขตแล้ว")


@pytest.fixture
def dormant(network):
    network.confirmed_at = timezone.now() - timedelta(days=500)
    network.save(update_fields=["confirmed_at"])
    return network


def waiting(kind: str) -> list[Case]:
    return list(Case.objects.filter(kind=kind).waiting())


def offered(case: Case, member) -> list[str]:
    return list(answers_to(case, subject_at(case.subject, case.key, member), member))


def answer(case: Case, member, name: str):
    return actions.answer_case(moderator=member, case=case, answer=name, grounds=WHY)


def ask(member, network, kind: str) -> StaffRequest:
    return ask_moderators(member=member, network=network, kind=kind, reason="ยังทำงานอยู่ทุกสัปดาห์")


# -- requests of networks ----------------------------------------------------------------------


def test_a_request_waits_in_the_queue_and_ends_with_what_it_asks_for(network, malee, moderator):
    made = ask(malee, network, "verify")
    (case,) = waiting("verify")
    said = case_kinds()["verify"].shown(case)[0].lines
    assert said == [(f"{malee} @{malee.handle}", "ยังทำงานอยู่ทุกสัปดาห์")]
    decision = answer(case, moderator, f"grant_{made.pk}")
    assert decision.act == Act.VERIFY
    case.refresh_from_db()
    assert (case.state, case.decision, case.ended_by) == (CaseState.DECIDED, decision, moderator)
    assert case.answer == f"grant_{made.pk}"
    network.refresh_from_db()
    assert network.verified_at is not None
    with pytest.raises(AlreadyDecided):
        answer(case, moderator, "refuse")


def test_all_who_ask_to_take_a_network_over_share_a_case_and_it_waits_for_the_last(
    dormant, moderator, somchai
):
    hers, his = ask(make_member("ning"), dormant, "take_over"), ask(somchai, dormant, "take_over")
    (case,) = waiting("take_over")
    names = [f"grant_{hers.pk}", f"grant_{his.pk}", "refuse"]
    assert offered(case, moderator) == names
    answer(case, moderator, names[0])
    case.refresh_from_db()
    assert case.ended_at is None
    answer(case, moderator, "refuse")
    case.refresh_from_db()
    assert (case.state, case.ended_by) == (CaseState.REFUSED, moderator)
    assert StaffRequest.objects.filter(granted=False, answer=WHY).get() == his


def test_what_is_answered_at_the_desk_has_no_case_any_more(network, malee, moderator):
    made = ask(malee, network, "verify")
    acts.refuse(moderator=moderator, staff_request=made, reason=WHY)
    case = Case.objects.get()
    assert (case.state, case.ended_by) == (CaseState.REFUSED, moderator)


def test_a_moderator_does_not_grant_what_she_asked_for_herself(dormant, moderator):
    made = ask(moderator, dormant, "take_over")
    (case,) = waiting("take_over")
    assert offered(case, moderator) == ["refuse"]
    assert f"grant_{made.pk}" in offered(case, make_member("other", is_staff=True))


@pytest.mark.django_db(transaction=True)
def test_deciding_in_the_queue_and_at_the_desk_at_once_never_wait_in_a_circle(
    network, malee, moderator
):
    other = make_member("other", is_staff=True)
    for _turn in range(5):
        made = ask(malee, network, "verify")
        (case,) = waiting("verify")

        def run(where: str, case=case, made=made):
            if where == "desk":
                return acts.refuse(moderator=other, staff_request=made, reason=WHY)
            return answer(case, moderator, "refuse")

        found = in_threads(run, ["desk", "queue"])
        assert not [each for each in found if "deadlock" in str(each)]
        actions.look_again()
        assert waiting("verify") == []


# -- representatives of organisations ----------------------------------------------------------


def test_who_says_she_represents_an_organisation_waits_until_somebody_is_believed(malee, moderator):
    organisation = make_organisation("สหกรณ์ริมคลอง", malee, represents=True, title="ประธาน")
    his = represent(organisation, make_member("nui"))
    (case,) = waiting(CLAIM)
    hers = Representative.objects.get(member=malee)
    assert offered(case, moderator) == [
        f"{word}_{each.pk}" for each in (hers, his) for word in ("yes", "no")
    ]
    answer(case, moderator, f"no_{his.pk}")
    case.refresh_from_db()
    assert case.ended_at is None
    answer(case, moderator, f"yes_{hers.pk}")
    case.refresh_from_db()
    assert (case.state, case.ended_by) == (CaseState.DECIDED, moderator)
    hers.refresh_from_db()
    assert hers.is_coordinator


def test_a_claim_taken_back_or_confirmed_on_the_organisations_page_waits_no_more(malee, moderator):
    organisation = make_organisation("สหกรณ์ริมคลอง", malee, represents=True)
    hers = Representative.objects.get()
    take_back_representative(member=malee, representative=hers)
    assert waiting(CLAIM) == []
    hers = represent(organisation, malee)
    his = represent(organisation, make_member("nui"))
    confirm_representative(confirmer=moderator, representative=hers)
    assert waiting(CLAIM) == []  # hers to believe him now
    set_coordinator(keeper=malee, representative=Representative.objects.get(pk=hers.pk), to=False)
    assert [case.key for case in waiting(CLAIM)] == [str(organisation.pk)]
    assert his.confirmed_at is None


# -- lost devices ------------------------------------------------------------------------------


def test_a_lost_device_waits_for_two_moderators(malee, moderator):
    second = make_member("second", is_staff=True)
    lost_devices.ask(member=give_passkey(malee), words="ถามนงค์ได้")
    (case,) = waiting(lost_devices.LOST)
    actions.take(moderator=moderator, case=case)
    answer(case, moderator, "check")
    case.refresh_from_db()
    assert case.state == CaseState.OPEN  # hers no more: it waits for another
    assert offered(case, moderator) == ["deny"]
    answer(case, second, "check")
    case.refresh_from_db()
    assert (case.state, case.ended_by) == (CaseState.DECIDED, second)
    assert case.decision.act == Act.CHECK


def test_one_found_again_waits_no_more(malee):
    lost_devices.stop(lost=lost_devices.ask(member=give_passkey(malee), words="ถามนงค์ได้"))
    assert waiting(lost_devices.LOST) == []


# -- what was there before cases were ----------------------------------------------------------


def test_what_waits_without_a_case_gets_one_from_when_it_was_asked(network, malee, moderator):
    made = ask(malee, network, "verify")
    make_organisation("สหกรณ์ริมคลอง", malee, represents=True)
    lost_devices.ask(member=give_passkey(malee), words="ถามนงค์ได้")
    before = timezone.now() - timedelta(days=3)
    StaffRequest.objects.filter(pk=made.pk).update(created_at=before)
    Case.objects.all().delete()
    actions.look_again()
    actions.look_again()
    assert sorted(Case.objects.values_list("kind", flat=True)) == ["lost_device", CLAIM, "verify"]
    assert waiting("verify")[0].opened_at == before
    StaffRequest.objects.filter(pk=made.pk).delete()
    actions.look_again()
    assert waiting("verify") == []
