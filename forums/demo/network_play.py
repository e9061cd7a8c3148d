"""Plays the networks of the demo's script through the actions of the site."""

from typing import Any

from accounts.models import Member
from forums.activities.attendance.actions import answer
from forums.activities.hosting import actions as activities
from forums.activities.models import Activity
from forums.demo.scene import Scene
from forums.demo.script import Step
from forums.discussions.announcements import actions as announcements
from forums.discussions.boards.actions import open_board
from forums.groups.affiliations.actions import Side, agree
from forums.groups.contacts import actions as entries
from forums.groups.invitations import actions as inviting
from forums.groups.invitations.models import Invitation
from forums.groups.links import actions as linking
from forums.groups.links.models import NetworkLink
from forums.groups.memberships import actions as memberships
from forums.groups.memberships.models import JoinRequest, Membership, Role
from forums.groups.networks.models import Network
from forums.groups.organisations import actions as organisations
from forums.groups.organisations.models import Organisation, Representative
from forums.groups.profiles import actions as networks
from forums.groups.rosters import actions as rosters
from forums.groups.rosters.reading import read_roster
from forums.groups.staff_requests.actions import ask_moderators
from forums.ledger import actions as ledger
from forums.ledger.models import Line
from forums.moderation.networks import actions as network_acts


class NetworkPlay:
    """What each verb of the networks' script means."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene

    def _her(self, step: Step) -> Member:
        return self.scene.members[step.by]

    def _member(self, step: Step) -> Member:
        return self.scene.members[step.more["handle"]]

    def _network(self, step: Step) -> Network:
        return self.scene.network(step.network)

    # -- its page ---------------------------------------------------------------------------------

    def do_register(self, step: Step) -> None:
        self.scene.networks[step.network] = networks.register_network(
            founder=self._her(step), **step.more["values"]
        )

    def do_open_board(self, step: Step) -> None:
        board = open_board(member=self._her(step), network=self._network(step), **step.more)
        self.scene.boards[f"{step.network}/{board.name}"] = board

    def do_contact(self, step: Step) -> None:
        entries.save_contact(editor=self._her(step), network=self._network(step), **step.more)

    def do_office(self, step: Step) -> None:
        entries.save_office(editor=self._her(step), network=self._network(step), **step.more)

    def do_confirm(self, step: Step) -> None:
        networks.confirm_network(member=self._her(step), network=self._network(step))

    def do_link(self, step: Step) -> None:
        linking.ask_link(
            member=self._her(step),
            network=self._network(step),
            other=self.scene.network(step.more["other"]),
            kind=step.more["kind"],
        )

    def do_confirm_link(self, step: Step) -> None:
        other = self.scene.network(step.more["other"])
        link = NetworkLink.objects.get(source=self._network(step), target=other)
        linking.confirm_link(member=_coordinator(other), link=link)

    def do_plea(self, step: Step) -> None:
        ask_moderators(member=self._her(step), network=self._network(step), **step.more)

    def do_verified(self, step: Step) -> None:
        network_acts.verify(**self._decided(step))

    def do_featured(self, step: Step) -> None:
        network_acts.feature(**self._decided(step))

    def do_archived(self, step: Step) -> None:
        network_acts.archive(**self._decided(step))

    def _decided(self, step: Step) -> dict[str, Any]:
        network = self._network(step)
        return {"moderator": self._her(step), "network": network, "reason": step.more["reason"]}

    # -- who is in --------------------------------------------------------------------------------

    def do_join(self, step: Step) -> None:
        memberships.join(member=self._her(step), network=self._network(step))

    def do_apply(self, step: Step) -> None:
        memberships.ask_to_join(
            member=self._her(step), network=self._network(step), answers=step.more["answers"]
        )

    def do_answer_application(self, step: Step) -> None:
        request = JoinRequest.objects.get(
            network=self._network(step), member=self._member(step), decided_at=None
        )
        memberships.answer_request(coordinator=self._her(step), request=request, accept=True)

    def do_invite(self, step: Step) -> None:
        inviting.make_link(coordinator=self._her(step), network=self._network(step), days=7, uses=1)

    def do_use_invitation(self, step: Step) -> None:
        link = Invitation.objects.filter(network=self._network(step)).latest("created_at")
        inviting.use_invitation(member=self._her(step), invitation=link)

    def do_role(self, step: Step) -> None:
        memberships.give_role(
            coordinator=self._her(step),
            network=self._network(step),
            member=self._member(step),
            role=step.more["role"],
        )

    def do_roster(self, step: Step) -> None:
        her, network = self._her(step), self._network(step)
        found = read_roster("\n".join(step.more["cells"]).encode())
        file_name = step.more["file_name"]
        kept = rosters.keep(
            coordinator=her, network=network, found=found, days=30, file_name=file_name
        )
        rosters.send(coordinator=her, roster=kept)

    def do_tell_members(self, step: Step) -> None:
        announcements.announce(
            coordinator=self._her(step),
            network=self._network(step),
            board=self.scene.boards[f"{step.network}/{step.more['board']}"],
            title=step.more["title"],
            body=step.more["body"],
        )

    # -- organisations ----------------------------------------------------------------------------

    def do_organisation(self, step: Step) -> None:
        organisations.register_organisation(
            member=self._her(step), name=step.more["name"], **step.more["values"]
        )

    def do_believe(self, step: Step) -> None:
        hers = Representative.objects.get(
            organisation=_organisation(step), member=self._member(step)
        )
        organisations.confirm_representative(confirmer=self._her(step), representative=hers)

    def do_claim(self, step: Step) -> None:
        organisations.ask_to_represent(
            member=self._her(step), organisation=_organisation(step), title=step.more["title"]
        )

    def do_belong(self, step: Step) -> None:
        agree(
            member=self._her(step),
            network=self._network(step),
            organisation=_organisation(step),
            side=Side.ORGANISATION,
        )

    def do_take_in(self, step: Step) -> None:
        network, organisation = self._network(step), _organisation(step)
        coordinator = _coordinator(network)
        agree(
            member=coordinator, network=network, organisation=organisation, side=Side.NETWORK,
            note=step.more["note"],
        )  # fmt: skip
        if "home" in step.more:
            networks.edit_network(editor=coordinator, network=network, home=organisation)

    # -- activities -------------------------------------------------------------------------------

    def do_announce(self, step: Step) -> None:
        fields = dict(step.more)
        name = fields.pop("activity")
        fields["hosts"] = [self.scene.network(other) for other in fields["hosts"]]
        fields["topics"] = [self.scene.topics[topic] for topic in fields["topics"]]
        self.scene.activities[name] = activities.announce(
            member=self._her(step),
            network=self._network(step),
            details=activities.Details(body=step.text, **fields),
        )

    def do_hold_too(self, step: Step) -> None:
        activities.decide_host(
            member=self._her(step),
            activity=self._activity(step),
            network=self.scene.network(step.more["other"]),
            accept=True,
        )

    def do_answer(self, step: Step) -> None:
        answer(member=self._her(step), activity=self._activity(step), answer=step.more["answer"])

    def do_cancel(self, step: Step) -> None:
        activities.cancel(member=self._her(step), activity=self._activity(step), reason=step.text)

    def do_report(self, step: Step) -> None:
        activities.report(
            member=self._her(step),
            activity=self._activity(step),
            body=self.scene.text(step),
            lesson=step.more["lesson"],
            came=step.more["came"],
        )

    def _activity(self, step: Step) -> Activity:
        return Activity.objects.get(pk=self.scene.activities[step.more["activity"]].pk)

    # -- money ------------------------------------------------------------------------------------

    def do_open_ledger(self, step: Step) -> None:
        ledger.open_ledger(keeper=self._her(step), network=self._network(step))

    def do_line(self, step: Step) -> None:
        entry = _entry(step)
        entry["amount"] = step.more.get("first", entry["amount"])
        ledger.add_line(keeper=self._her(step), network=self._network(step), **entry)

    def do_correct(self, step: Step) -> None:
        entry = _entry(step)
        wrong = Line.objects.get(
            network=self._network(step), date=entry["date"], amount=step.more["first"]
        )
        ledger.edit_line(keeper=self._her(step), line=wrong, **entry, reason=step.more["reason"])


def _entry(step: Step) -> dict[str, Any]:
    return {name: step.more[name] for name in ("flow", "date", "source", "purpose", "amount")}


def _organisation(step: Step) -> Organisation:
    return Organisation.objects.get(name=step.more["name"])


def _coordinator(network: Network) -> Member:
    """The first of them."""
    duties = Membership.objects.filter(network=network, role=Role.COORDINATOR)
    return duties.select_related("member").earliest("joined_at").member
