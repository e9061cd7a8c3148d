"""Every write to organisations and to who represents them."""

from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.provinces import PROVINCE_NAMES
from forums.base.errors import BadText, NotAllowed, Stale
from forums.base.limits import (
    NOT_TO_USE,
    fitting_line,
    fitting_link,
    fitting_name,
    is_kept,
    refuse_link,
)
from forums.base.published import published
from forums.base.rate_limits import hold_pace, one_at_a_time
from forums.base.sent_twice import lately
from forums.groups.memberships.models import Membership, Role, forget_roles
from forums.groups.networks.locks import lock_networks
from forums.groups.networks.models import Sector
from forums.groups.organisations.models import (
    ABOUT_LENGTH,
    NAME_LENGTH,
    ORGANISATION_SHOWN,
    TITLE_LENGTH,
    WEBSITE_LENGTH,
    Organisation,
    Representative,
)
from forums.groups.organisations.permissions import (
    can_look_after,
    has_coordinator,
    networks_in,
    powers,
)
from forums.groups.organisations.registry import claims_changed
from forums.notifications.telling import tell
from forums.text.slugs import first_free, passed_over
from forums.text.thai import clean_line, name_key, slugify, sort_key, tsvector

if TYPE_CHECKING:
    from accounts.models import Member


class OrganisationNameTaken(BadText):
    """There is one of this name; `slug` is its address, "" where nobody may know of it or bear the name."""

    def __init__(self, slug: str = "") -> None:
        self.slug = slug
        super().__init__(
            _("There is an organisation of this name already.") if slug else NOT_TO_USE
        )


def clean_name(name: str) -> str:
    """The name as it is stored. Raises BadText when nothing visible is left, or too much is."""
    return fitting_name(name, NAME_LENGTH, nothing=_("Please give the organisation its name."))


def clean_website(address: str) -> str:
    """A whole address of the web, or nothing. Raises BadText."""
    address = clean_line(address)
    if address and "://" not in address:
        address = f"https://{address}"
    return fitting_link(address, WEBSITE_LENGTH)


def lock_organisation(pk: int) -> Organisation:
    """The organisation as it is now, its row locked; networks are locked before it.

    Raises Organisation.DoesNotExist.
    """
    return Organisation.objects.select_for_update(no_key=True).get(pk=pk)


def lock_organisations(*organisations: Organisation) -> dict[int, Organisation]:
    """Several by id, each with the networks it is in, which are locked first."""
    lock_networks(*(pk for each in organisations for pk in networks_in(each)))
    rows = Organisation.objects.select_for_update(no_key=True)
    found = rows.filter(pk__in=[each.pk for each in organisations]).order_by("pk")
    return {each.pk: each for each in found}


# -- Its page -----------------------------------------------------------------------------------


@transaction.atomic
def register_organisation(
    *,
    member: "Member",
    name: str,
    sector: str,
    about: str = "",
    province: str = "",
    website: str = "",
    represents: bool = True,
    title: str = "",
) -> Organisation:
    """Register an organisation and return it. With `represents`, `member` asks to be believed as hers.
    The same name from the same member shortly after is the same organisation.

    Raises BadText, OrganisationNameTaken, TooFast or NotAllowed.
    """
    if not member.is_active:
        raise NotAllowed
    looked = published(member, name, about, website, title)
    name, about, website, title = looked.texts
    facts = _facts(name, sector, about, province, website)
    refuse_link(facts["name"])
    if is_kept(facts["name"]):
        raise OrganisationNameTaken
    title = fitting_line(title, TITLE_LENGTH)
    one_at_a_time(member)
    made = Organisation.objects.filter(created_by=member)
    if sent := lately(made).filter(name_key=facts["name_key"]).first():
        return sent
    hold_pace(member, "organisations", made)
    organisation = Organisation(slug="", created_by=member, created_at=timezone.now(), **facts)
    _save(organisation)
    looked.of("organisation", organisation)
    if represents:
        Representative.objects.create(
            organisation=organisation, member=member, title=title, asked_at=timezone.now()
        )
        claims_changed(organisation)
    return organisation


@transaction.atomic
def edit_organisation(
    *,
    editor: "Member",
    organisation: Organisation,
    name: str,
    sector: str,
    about: str = "",
    province: str = "",
    website: str = "",
) -> Organisation:
    """Change what its page says; its address stays. Raises BadText, OrganisationNameTaken, TooFast or NotAllowed."""
    hold_pace(editor, "edits")
    looked = published(editor, name, about, website)
    name, about, website = looked.texts
    facts = _facts(name, sector, about, province, website)
    organisation = lock_organisation(organisation.pk)
    if not can_look_after(editor, organisation):
        raise NotAllowed
    refuse_link(facts["name"], before=organisation.name)
    if facts["name"] != organisation.name and is_kept(facts["name"]):
        raise OrganisationNameTaken
    for field, value in facts.items():
        setattr(organisation, field, value)
    _save(organisation)
    looked.of("organisation", organisation)
    return organisation


def rename_organisation(organisation: Organisation, name: str) -> None:
    """Called by whoever decides that, with the row locked; its address stays.

    Raises BadText or OrganisationNameTaken.
    """
    organisation.name = clean_name(name)
    organisation.name_key = name_key(organisation.name)
    organisation.sort_key = sort_key(organisation.name)
    _save(organisation)


def _facts(name: str, sector: str, about: str, province: str, website: str) -> dict[str, Any]:
    name = clean_name(name)
    if sector not in Sector.values:
        raise BadText(_("Please choose the sector."))
    if province and province not in PROVINCE_NAMES:
        raise BadText(_("Please choose a province of the list."))
    return {
        "name": name,
        "name_key": name_key(name),
        "sort_key": sort_key(name),
        "sector": sector,
        "about": fitting_line(about, ABOUT_LENGTH),
        "province": province,
        "website": clean_website(website),
    }


def search_words(name: str, about: str) -> str:
    """What an organisation is found by, as text for its column: the name weighs more."""
    return tsvector([("A", name), ("D", about)])


def _save(organisation: Organisation) -> None:
    """Raises OrganisationNameTaken, which of two at once only the second is told."""
    is_new = not organisation.slug
    organisation.search_words = search_words(organisation.name, organisation.about)
    for _attempt in range(50):  # of several at once one gets through each time
        _refuse_taken(organisation)
        if is_new:
            organisation.slug = _free_slug(organisation.name)
        try:
            with transaction.atomic():
                organisation.save(force_insert=is_new, force_update=not is_new)
        except IntegrityError:  # somebody took the name, or the address, since: look again
            continue
        return
    raise Stale


def _refuse_taken(organisation: Organisation) -> None:
    """Raise OrganisationNameTaken for a name of another. To a new one a hidden one answers to its address too, a
    numbered one as well, or the number behind the new one's would tell of it."""
    others = Organisation.objects.exclude(pk=organisation.pk)
    if other := others.filter(name_key=organisation.name_key).first():
        raise OrganisationNameTaken("" if other.hidden_at else other.slug)
    if organisation.slug:  # it stays as it is
        return
    taken_slugs = passed_over(slugify(organisation.name), _free_slug(organisation.name))
    if others.exclude(ORGANISATION_SHOWN.q()).filter(slug__in=taken_slugs).exists():
        raise OrganisationNameTaken


def _slug(name: str) -> str:
    return slugify(name).strip("-") or "organisation"


def _free_slug(name: str) -> str:
    return first_free(
        _slug(name),
        lambda slug: Organisation.objects.filter(slug=slug).exists(),
    )


# -- Who represents it --------------------------------------------------------------------------


@transaction.atomic
def ask_to_represent(
    *, member: "Member", organisation: Organisation, title: str = ""
) -> Representative:
    """`member` says that she represents it; shown once somebody has confirmed. Said again, the title changes.

    Raises BadText, or NotAllowed.
    """
    if not member.is_active:
        raise NotAllowed
    looked = published(member, fitting_line(title, TITLE_LENGTH))
    (title,) = looked.texts
    organisation = lock_organisation(organisation.pk)
    if not organisation.is_open:
        raise NotAllowed
    hers, is_new = Representative.objects.get_or_create(
        organisation=organisation,
        member=member,
        defaults={"title": title, "asked_at": timezone.now()},
    )
    if hers.confirmed_at is not None:
        raise BadText(_("It is confirmed already that you represent this organisation."))
    if hers.title != title:
        hers.title = title
        hers.save(update_fields=["title"])
    looked.of("organisation", organisation)
    if is_new:
        _tell_confirmers(hers)
        claims_changed(organisation)
    return hers


def _tell_confirmers(hers: Representative) -> None:
    coordinators = Representative.objects.filter(
        organisation=hers.organisation, is_coordinator=True
    )
    readers = set(coordinators.values_list("member_id", flat=True)) or set(
        Membership.objects.filter(
            network__in=networks_in(hers.organisation), role=Role.COORDINATOR
        ).values_list("member_id", flat=True)
    )
    tell(
        "represents",
        key=f"represents-{hers.organisation_id}-{hers.member_id}",
        members=sorted(readers - {hers.member_id}),
        actor=hers.member,
        data={"representative": hers.pk},
        daily=True,
    )


def tell_of_claims(organisation: Organisation) -> None:
    """It has joined a network, whose coordinators may vouch now for those whom nobody could confirm."""
    if not has_coordinator(organisation):
        waiting = Representative.objects.filter(organisation=organisation, confirmed_at=None)
        for hers in waiting.select_related("organisation")[:20]:
            _tell_confirmers(hers)


@transaction.atomic
def confirm_representative(
    *, confirmer: "Member", representative: Representative
) -> Representative:
    """Say that she does represent it. The first one confirmed becomes the organisation's coordinator.

    Raises NotAllowed, or Stale when she took it back meanwhile.
    """
    representative = _locked(confirmer, representative)
    if representative.confirmed_at is not None:
        return representative
    may = powers(confirmer, representative.organisation)
    if not may.can_confirm(representative):
        raise NotAllowed
    representative.confirmed_at = timezone.now()
    representative.confirmed_by = confirmer
    representative.is_coordinator = not may.is_looked_after
    representative.save(update_fields=["confirmed_at", "confirmed_by", "is_coordinator"])
    tell(
        "represents_confirmed",
        key=f"represents-{representative.organisation_id}-{representative.member_id}-yes",
        members=[representative.member_id],
        data={"representative": representative.pk},
        daily=True,
    )
    claims_changed(representative.organisation)
    return representative


@transaction.atomic
def take_back_representative(*, member: "Member", representative: Representative) -> None:
    """Say that she does not, or no longer, represent it. Raises NotAllowed, or Stale when it is gone."""
    representative = _locked(member, representative)
    if not powers(member, representative.organisation).can_take_back(representative):
        raise NotAllowed
    if representative.confirmed_at is None and member.pk != representative.member_id:
        tell(
            "represents_refused",
            key=f"represents-{representative.organisation_id}-{representative.member_id}-no",
            members=[representative.member_id],
            data={"organisation": representative.organisation_id},
            daily=True,
        )
    representative.delete()
    claims_changed(representative.organisation)


@transaction.atomic
def set_coordinator(*, keeper: "Member", representative: Representative, to: bool) -> None:
    """A coordinator lets another confirmed representative look after the page, or no longer.

    Raises NotAllowed, Stale, or BadText for one whom nobody has confirmed.
    """
    representative = _locked(keeper, representative)
    if not powers(keeper, representative.organisation).coordinates:
        raise NotAllowed
    if representative.confirmed_at is None:
        raise BadText(_("Please confirm first that she represents the organisation."))
    representative.is_coordinator = to
    representative.save(update_fields=["is_coordinator"])
    claims_changed(representative.organisation)


def _locked(member: "Member", representative: Representative) -> Representative:
    """The claim as it is now, with the networks the organisation is in, and itself, locked.

    A change of her role there waits for these locks: then what `member` may do is asked of today's roles.
    """
    lock_networks(*networks_in(representative.organisation))
    organisation = lock_organisation(representative.organisation_id)
    forget_roles(member)
    found = Representative.objects.filter(pk=representative.pk).first()
    if found is None:
        raise Stale(_("This was taken back meanwhile."))
    found.organisation = organisation
    return found
