"""What a blocked person sends does not arrive, and nothing tells her so."""

from allauth.account.models import EmailAddress
from django.core import mail

from forums.activities.attendance.actions import answer
from forums.activities.hosting.actions import cancel
from forums.discussions.voices.actions import ask_to_join
from forums.groups.invitations.actions import invite_by_mail
from forums.notifications.actions import deliver
from forums.notifications.inbox.actions import spread
from forums.notifications.models import Email, Notification
from forums.reading.following.actions import block, unblock
from tests.make import make_activity, make_network, make_topic


def test_an_invitation_from_a_blocked_person_is_never_sent_and_looks_as_any_other(
    as_, malee, somchai
):
    network = make_network(coordinator=malee)
    EmailAddress.objects.create(user=somchai, email="s2@example.org", verified=True)
    block(member=somchai, person=malee)
    addresses = [somchai.email, "s2@example.org", "x@example.org"]
    made = invite_by_mail(coordinator=malee, network=network, addresses=addresses, days=30)
    deliver()
    assert [letter.to for letter in mail.outbox] == [["x@example.org"]]
    html = as_(malee).get(f"{network.get_absolute_url()}invitations/").content.decode()
    assert {invitation.is_to_one for invitation in made} == {True}
    assert all(address in html for address in addresses)


def test_what_a_blocked_person_asks_of_one_comes_by_no_way(malee, somchai):
    network, topic = make_network(coordinator=malee), make_topic(somchai)
    block(member=somchai, person=malee)
    ask_to_join(member=malee, topic=topic, network=network)
    spread()
    assert not Email.objects.exists()
    assert not Notification.objects.exists()
    unblock(member=somchai, person=malee)
    ask_to_join(member=malee, topic=make_topic(somchai), network=network)
    spread()
    assert Email.objects.get().member == Notification.objects.get().member == somchai


def test_where_one_goes_one_is_told_whoever_changed_it(malee, somchai):
    activity = make_activity(make_network(coordinator=malee))
    answer(member=somchai, activity=activity, answer="going")
    block(member=somchai, person=malee)
    cancel(member=malee, activity=activity, reason="ฝนตก")
    spread()
    assert Email.objects.get().member == Notification.objects.get().member == somchai
