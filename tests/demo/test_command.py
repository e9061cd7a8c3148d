from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils.translation import get_language

from accounts.models import Member
from accounts.second_step import lacks_second_step
from forums.demo import actions
from forums.pages.models import Page
from tests.make import make_network

pytestmark = pytest.mark.django_db


def run(*arguments):
    out = StringIO()
    call_command("demo", *arguments, stdout=out)
    return out.getvalue()


@pytest.fixture
def no_talk(monkeypatch):
    """The members without their texts: enough here, and quick."""
    monkeypatch.setattr(actions, "_draw", lambda *args: {})
    monkeypatch.setattr(actions, "_play", lambda *args, **options: None)


def test_it_says_that_it_left_a_living_database_alone(malee):
    assert "nothing was changed" in run()
    assert Member.objects.count() == 1


def test_the_logins_are_true(no_talk):
    run()
    lines = run("--logins").splitlines()
    assert len(lines) == 7
    for line in lines:
        handle, password = line.split()[-2:]
        member = Member.objects.get_by_natural_key(handle)
        assert member.check_password(password)
    assert "administrator" in lines[0]
    assert Member.objects.get_by_natural_key(lines[0].split()[-2]).is_superuser


def test_what_the_site_says_in_texts_of_the_demo_is_in_thai(no_talk, monkeypatch):
    spoken = []
    monkeypatch.setattr(actions, "_play", lambda *_args: spoken.append(get_language()))
    run()
    assert spoken == ["th"]


def test_the_logins_say_who_coordinates_what(no_talk):
    run()
    member = Member.objects.get_by_natural_key("มาลี")
    make_network("อาสาสุขภาพลุ่มน้ำว้า", member)
    said = run("--logins").partition("Who coordinates what")[2]
    (line,) = [line for line in said.splitlines() if "อาสาสุขภาพลุ่มน้ำว้า" in line]
    assert line.split()[-1] == "มาลี"


def test_without_a_demo_there_are_no_logins(malee):
    assert actions.PASSWORD not in run("--logins")


def test_production_gets_the_house_and_no_people(settings):
    settings.PRODUCTION = True
    with pytest.raises(CommandError):
        run()
    with pytest.raises(CommandError):
        run("--logins")
    run("--house")
    assert Page.objects.count() == 11
    assert not Member.objects.exists()


def test_in_production_a_demo_that_is_insisted_on_has_no_password(settings, no_talk):
    settings.PRODUCTION = True
    run("--yes")
    assert Member.objects.exists()
    assert not any(member.has_usable_password() for member in Member.objects.all())


def test_moderators_of_the_demo_may_act_where_a_second_step_is_asked_of_them(settings, no_talk):
    settings.PRODUCTION = settings.STAFF_SECOND_FACTOR = True
    run("--yes")
    staff = Member.objects.filter(is_staff=True)
    assert staff
    assert not any(map(lacks_second_step, staff))
