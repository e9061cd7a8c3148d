"""What a blocked person sends does not arrive, and nothing tells her so."""

from allauth.account.models import EmailAddress
from django.core import mail

from forums.groups.invitations.actions import invite_by_mail
from forums.notifications.actions import deliver
from forums.reading.following.actions import block
from tests.make import make_network


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
