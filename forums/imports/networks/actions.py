"""Made-up networks written: a batch of records, all of them or none."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from django.db import transaction

from accounts.models import Member
from forums.activities.models import Activity, ActivityHost, Attendance
from forums.base.appearance import Colour, Emblem
from forums.discussions.boards.levels import levels_of
from forums.discussions.boards.models import Board
from forums.groups.contacts.models import Contact, Office
from forums.groups.links.models import LinkKind, NetworkLink
from forums.groups.memberships.models import Membership
from forums.groups.networks.models import Event, EventKind, Network, TaggedNetwork
from forums.groups.networks.search_words import store_search_words
from forums.groups.organisations.models import NetworkOrganisation, Organisation
from forums.imports.actions import lock_imports
from forums.imports.making import make_activity, make_network, make_organisation
from forums.imports.models import Imported, ImportedType
from forums.imports.network_records import NetworkRecord, OrganisationRecord
from forums.pictures.bodies import rendered
from forums.tags.tagging import get_tags
from forums.text.naming import tag_key
from forums.text.thai import name_key, sort_key


@transaction.atomic
def bring_in_networks(records: Sequence[NetworkRecord]) -> int:
    """Write those of `records` that are not here yet, with all that is theirs; returns how many.

    Their members are here, and have come by an import. Ties are not counted: with thousands of places at
    once that is `voices.maintenance.repair_ties`'s work, afterwards.
    """
    here = set(
        Network.objects.filter(slug__in=[record.key for record in records]).values_list(
            "slug", flat=True
        )
    )
    new = [record for record in records if record.key not in here]
    if not new:
        return 0
    texts = [
        rendered(record.story, reader=None).html for record in new
    ]  # before anything is locked
    lock_imports()
    batch = _Batch(new)
    for record, html in zip(new, texts, strict=True):
        batch.add(record, html)
    batch.write()
    return len(new)


@dataclass
class _Batch:
    """First every record becomes rows, then all are written: parents first."""

    records: Sequence[NetworkRecord]
    networks: dict[str, Network] = field(default_factory=dict)
    memberships: list[Membership] = field(default_factory=list)
    history: list[Event] = field(default_factory=list)
    boards: list[Board] = field(default_factory=list)
    tagged: list[TaggedNetwork] = field(default_factory=list)
    contacts: list[Contact] = field(default_factory=list)
    offices: list[Office] = field(default_factory=list)
    links: list[NetworkLink] = field(default_factory=list)
    organisations: list[NetworkOrganisation] = field(default_factory=list)
    activities: list[Activity] = field(default_factory=list)
    hosts: list[ActivityHost] = field(default_factory=list)
    answers: list[Attendance] = field(default_factory=list)

    def __post_init__(self) -> None:
        handles = {place.handle for record in self.records for place in record.members}
        ids = Imported.objects.filter(type=ImportedType.MEMBER, external_id__in=sorted(handles))
        by_id = Member.objects.only("sort_key").in_bulk(
            list(ids.values_list("object_id", flat=True))
        )
        self.people = {
            handle: by_id[pk] for handle, pk in ids.values_list("external_id", "object_id")
        }
        self.tags = {
            tag.key: tag
            for tag in get_tags(sorted({name for each in self.records for name in each.tags}))
        }
        linked = {slug for record in self.records for slug in record.linked}
        self.known = dict(Network.objects.filter(slug__in=linked).values_list("slug", "pk"))
        self.houses = self._get_organisations(
            one for record in self.records for one in record.organisations
        )

    def _get_organisations(self, records: Iterable[OrganisationRecord]) -> dict[str, Organisation]:
        """The organisations of these names, made where they are new."""
        wanted = {name_key(record.name): record for record in records}
        there = Organisation.objects.filter(name_key__in=wanted)
        known = set(there.values_list("name_key", flat=True))
        founder = self.people[self.records[0].members[0].handle]
        Organisation.objects.bulk_create(
            make_organisation(record, created_by=founder.pk)
            for key, record in wanted.items()
            if key not in known
        )
        return {row.name_key: row for row in there.all()}

    def add(self, record: NetworkRecord, story_html: str) -> None:
        founder = self.people[record.members[0].handle]
        network = make_network(record, story_html, founder=founder)
        both = sum(organisation.both for organisation in record.organisations)
        network.member_count, network.organisation_count = len(record.members), both
        self.networks[record.key] = network
        self._add_people(network, record)
        self.tagged += [
            TaggedNetwork(network=network, tag=self.tags[tag_key(name)]) for name in record.tags
        ]
        self.contacts += [
            Contact(network=network, label=label, value=value, audience=audience, position=place)
            for place, (label, value, audience) in enumerate(record.contacts)
        ]
        self.offices += [
            Office(network=network, title=title, holder=holder, position=place)
            for place, (title, holder) in enumerate(record.offices)
        ]
        for board in record.boards:
            read, write = levels_of(network, board.open_to)
            self.boards.append(
                Board(
                    network=network,
                    slug=board.key,
                    name=board.name,
                    sort_key=sort_key(board.name),
                    open_to=board.open_to,
                    read_level=read,
                    write_level=write,
                    colour=Colour(network.colour),
                    emblem=Emblem(network.emblem),
                )
            )
        self._add_activities(network, record, founder)

    def _add_people(self, network: Network, record: NetworkRecord) -> None:
        founder = self.people[record.members[0].handle]
        for place in record.members:
            member = self.people[place.handle]
            self.memberships.append(
                Membership(
                    network=network,
                    member=member,
                    role=place.role,
                    joined_at=place.joined_at,
                    sort_key=member.sort_key,
                )
            )
            first = place is record.members[0]
            self.history.append(
                Event(
                    network=network,
                    what=EventKind.REGISTERED if first else EventKind.JOINED,
                    actor=member,
                    member=None if first else member,
                    created_at=place.joined_at,
                )
            )
        for organisation in record.organisations:
            self.organisations.append(
                NetworkOrganisation(
                    network=network,
                    organisation=self.houses[name_key(organisation.name)],
                    asked_at=record.created_at,
                    by_network_at=record.created_at,
                    by_network=founder,
                    by_organisation_at=record.created_at if organisation.both else None,
                )
            )

    def _add_activities(self, network: Network, record: NetworkRecord, founder: Member) -> None:
        for wanted in record.activities:
            activity = make_activity(wanted, created_by=founder.pk, created_at=record.created_at)
            self.activities.append(activity)
            self.hosts.append(
                ActivityHost(activity=activity, network=network, confirmed_at=record.created_at)
            )
            since = min(wanted.starts_at, record.created_at + timedelta(days=1))
            self.answers += [
                Attendance(
                    activity=activity, member=self.people[handle], answer=answer, since=since
                )
                for handle, answer in wanted.answers
            ]

    def write(self) -> None:
        """Parents first. That each network has a coordinator the database asks in the end."""
        Network.objects.bulk_create(self.networks.values())
        Membership.objects.bulk_create(self.memberships)
        Board.objects.bulk_create(self.boards)
        Imported.objects.bulk_create(
            Imported(type=ImportedType.BOARD, external_id=board.slug, object_id=board.pk)
            for board in self.boards
        )
        TaggedNetwork.objects.bulk_create(self.tagged)
        store_search_words([network.pk for network in self.networks.values()])
        Contact.objects.bulk_create(self.contacts)
        Office.objects.bulk_create(self.offices)
        NetworkOrganisation.objects.bulk_create(self.organisations)
        self._link()
        Activity.objects.bulk_create(self.activities)
        ActivityHost.objects.bulk_create(self.hosts)
        Attendance.objects.bulk_create(self.answers)  # a trigger counts them
        Event.objects.bulk_create(self.history)

    def _link(self) -> None:
        known = self.known | {slug: network.pk for slug, network in self.networks.items()}
        for record in self.records:
            network, founder = self.networks[record.key], self.people[record.members[0].handle]
            self.links += [
                NetworkLink(
                    source=network,
                    target_id=known[slug],
                    kind=LinkKind.LINKED,
                    asked_by=founder,
                    asked_at=record.created_at,
                    confirmed_by=founder,
                    confirmed_at=record.created_at,
                )
                for slug in record.linked
            ]
        NetworkLink.objects.bulk_create(self.links)
