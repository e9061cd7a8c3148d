"""Every decision about an organisation: its state, its name, the counts of its networks, the log.

As in `moderation.actions`: each takes `moderator` and `reason`, returns the Decision it wrote, changes
nothing (and returns None) when the state is already so, and raises NotAllowed or BadText. Whoever looks
after its page goes on doing so: of a hidden one too, which she may mend.
"""

from collections.abc import Collection

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Member
from forums.base.errors import BadText
from forums.groups.networks.models import Network
from forums.groups.organisations.actions import lock_organisations, rename_organisation
from forums.groups.organisations.models import NetworkOrganisation, Organisation, Representative
from forums.groups.organisations.permissions import networks_in
from forums.moderation.actions import asked, decide
from forums.moderation.grounds import refuse_undoing
from forums.moderation.models import Act, Decision
from forums.moderation.moved.models import Merge
from forums.moderation.moved.rows import Moved, note, put_back, remember

# What a merge moves. Its history (forums_happening) and the decisions about it stay with each.
TABLES = (
    Moved(
        "forums_networkorganisation",
        ("organisation_id",),
        key="network_id",
    ),
    Moved(
        "forums_representative",
        ("organisation_id",),
        ("confirmed_at", "confirmed_by_id", "is_coordinator"),
        key="member_id",
    ),
    Moved("forums_network", ("home_id",)),
    Moved("forums_organisation", ("merged_into_id",), which="x.id = %(source)s"),
)


@transaction.atomic
def hide(*, moderator: Member, organisation: Organisation, reason: str) -> Decision | None:
    """Take an organisation out of everyone's sight but the moderators' and its own representatives'."""
    return _set_hidden(Act.HIDE, True, moderator, organisation, reason)


@transaction.atomic
def unhide(*, moderator: Member, organisation: Organisation, reason: str) -> Decision | None:
    """Show it again, in its networks too."""
    return _set_hidden(Act.UNHIDE, False, moderator, organisation, reason)


def _set_hidden(
    act: Act, on: bool, moderator: Member, organisation: Organisation, reason: str
) -> Decision | None:
    reason = asked(moderator, reason)
    organisation = lock_organisations(organisation)[organisation.pk]
    if (organisation.hidden_at is not None) == on:
        return None
    if not on:
        refuse_undoing(act, moderator, organisation)
    hidden_at = timezone.now() if on else None
    Organisation.objects.filter(pk=organisation.pk).update(hidden_at=hidden_at)
    _count(networks_in(organisation))
    return decide(act, moderator=moderator, reason=reason, target=organisation)


@transaction.atomic
def rename(
    *, moderator: Member, organisation: Organisation, name: str, reason: str
) -> Decision | None:
    """Give it another name; its address stays. Raises OrganisationNameTaken too."""
    reason = asked(moderator, reason)
    organisation = lock_organisations(organisation)[organisation.pk]
    before = organisation.name
    rename_organisation(organisation, name)
    if organisation.name == before:
        return None
    return decide(
        Act.RENAME,
        moderator=moderator,
        reason=reason,
        target=organisation,
        **{"from": before, "to": organisation.name},
    )


@transaction.atomic
def merge(
    *, moderator: Member, organisation: Organisation, into: Organisation, reason: str
) -> Decision | None:
    """Two that are one: its networks and representatives go to `into`; its address leads there.

    Who represents both keeps the stronger of the two. Returns None where that is done already.
    """
    reason = asked(moderator, reason)
    if organisation.pk == into.pk:
        raise BadText(_("An organisation cannot be merged into itself. Please choose another."))
    rows = lock_organisations(organisation, into)
    source, target = rows[organisation.pk], rows[into.pk]
    if source.merged_into_id == target.pk:
        return None
    if not (source.is_open and target.is_open):
        raise BadText(
            _("One of the two is hidden, or was merged already. Show it again first, or undo that.")
        )
    touched = networks_in(source) | networks_in(target)
    decision = decide(Act.MERGE, moderator=moderator, reason=reason, target=source, into=target.pk)
    moved = Merge.objects.create(decision=decision, told_at=timezone.now())
    remember(moved, TABLES, source=source.pk, target=target.pk)
    _merge_networks(source, target)
    _merge_people(source, target)
    Network.objects.filter(home=source).update(home=target)
    Organisation.objects.filter(pk=source.pk).update(merged_into=target)
    note(moved, TABLES)
    _count(touched)
    return decision


@transaction.atomic
def unmerge(*, moderator: Member, organisation: Organisation, reason: str) -> Decision | None:
    """Make two of them again, within a week. Returns None where it is not merged."""
    reason = asked(moderator, reason)
    into = Organisation.objects.filter(merged_from=organisation.pk).first()
    if into is None:
        return None
    source = lock_organisations(organisation, into)[organisation.pk]
    undoable = Merge.objects.undoable().select_for_update(of=("self",))
    moved = undoable.filter(decision__organisation=source).order_by("-pk").first()
    if moved is None or source.merged_into_id != into.pk:
        raise BadText(_("A merge can be undone for a week. This one is older."))
    refuse_undoing(Act.UNMERGE, moderator, source)
    put_back(moved, TABLES)
    Merge.objects.filter(pk=moved.pk).update(undone_at=timezone.now())
    _count(networks_in(source) | networks_in(into))
    return decide(Act.UNMERGE, moderator=moderator, reason=reason, target=source, into=into.pk)


def _merge_networks(source: Organisation, target: Organisation) -> None:
    """In a network of both it is once, and a member where it was one as either."""
    there = {tie.network_id: tie for tie in NetworkOrganisation.objects.filter(organisation=target)}
    for tie in NetworkOrganisation.objects.filter(organisation=source):
        other = there.get(tie.network_id)
        if other is not None:
            weaker = tie if other.is_confirmed or not tie.is_confirmed else other
            weaker.delete()
    NetworkOrganisation.objects.filter(organisation=source).update(organisation=target)


def _merge_people(source: Organisation, target: Organisation) -> None:
    """Who said of both that she represents it says so once: confirmed, and a coordinator, as of either."""
    there = {each.member_id: each for each in Representative.objects.filter(organisation=target)}
    for hers in Representative.objects.filter(organisation=source).order_by("member_id"):
        other = there.get(hers.member_id)
        if other is None:
            continue
        hers.delete()
        if other.confirmed_at is None:
            other.confirmed_at, other.confirmed_by_id = hers.confirmed_at, hers.confirmed_by_id
        other.is_coordinator = other.is_coordinator or hers.is_coordinator
        other.save(update_fields=["confirmed_at", "confirmed_by", "is_coordinator"])
    Representative.objects.filter(organisation=source).update(organisation=target)


def _count(networks: Collection[int]) -> None:
    """Each network's organisations, counted anew; their rows are locked."""
    for pk in sorted(networks):
        count = NetworkOrganisation.objects.counted().filter(network=pk).count()
        Network.objects.filter(pk=pk).update(organisation_count=count)
