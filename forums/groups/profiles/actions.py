"""Every write to a network's own page: registering, changing, confirming it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import IO, TYPE_CHECKING, Any

from django.core.cache import caches
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from forums.base.errors import BadText, NotAllowed, Stale, TooFast
from forums.base.limits import NOT_TO_USE, is_kept, refuse_link
from forums.base.published import published
from forums.base.rate_limits import hold_pace, one_at_a_time
from forums.base.sent_twice import lately
from forums.groups.memberships.counters import admit
from forums.groups.memberships.models import Membership, Role
from forums.groups.memberships.permissions import require_role
from forums.groups.networks import pictures, texts
from forums.groups.networks.locks import lock_open
from forums.groups.networks.models import (
    CONFIRMED_FOR,
    NETWORK_LISTED,
    NETWORK_SHOWN,
    Audience,
    EventKind,
    Joining,
    Network,
    NetworkAddress,
    NetworkKind,
    TaggedNetwork,
)
from forums.groups.networks.recording import record_event
from forums.groups.networks.search_words import store_search_words
from forums.groups.networks.texts import clean_aim, clean_name
from forums.groups.profiles.versions import tags_of, version_of
from forums.notifications.models import Email
from forums.notifications.outbox import drop_emails
from forums.notifications.telling import tell
from forums.tags.tagging import get_tags
from forums.text.slugs import first_free, passed_over
from forums.text.thai import name_key, slugify, sort_key

if TYPE_CHECKING:
    from accounts.models import Member

UNCONFIRMED = "network_unconfirmed"  # the kind of email
REMIND_EVERY = timedelta(days=30)


class NetworkNameTaken(BadText):
    """`network` has the name already; None where nobody may know of it, or nobody may bear the name."""

    def __init__(self, network: Network | None = None) -> None:
        self.network = network if network is not None and network.hidden_at is None else None
        said = _("There is a network of this name already. Please find another, or join that one.")
        super().__init__(said if self.network else NOT_TO_USE)


def register(*, founder: "Member", file: IO[bytes] | None = None, **values: Any) -> Network:
    """`register_network` with a picture, if there is one. Image work stands outside its transaction.

    Raises what that and `pictures.stored` raise; then nothing is left of the picture.
    """
    with pictures.stored(file, member=founder) as picture:
        network = register_network(founder=founder, picture=picture, **values)
        if picture and network.picture != picture:  # the form came twice
            pictures.forget(picture)
    return network


@transaction.atomic
def register_network(
    *,
    founder: "Member",
    name: str,
    aim: str,
    kind: str = NetworkKind.PHYSICAL,
    sectors: Sequence[str] = (),
    provinces: Sequence[str] = (),
    nationwide: bool = False,
    joining: str = Joining.REQUEST,
    story: str = "",
    questions: Sequence[str] = (),
    tags: Sequence[str] = (),
    **more: Any,
) -> Network:
    """Register a network, whose first coordinator is `founder`, and return it.

    `more` is what else its page says (colour, emblem, picture, since_year …). The same name sent by
    the same member again shortly after is the same network.
    Raises BadText, NetworkNameTaken, TooFast or NotAllowed.
    """
    if not founder.is_active:
        raise NotAllowed
    name, aim, story = clean_name(name), clean_aim(aim), texts.clean_story(story)
    looked = published(founder, name, aim, story, *texts.clean_questions(questions))
    name, aim, story, *questions = looked.texts
    tags = (named := published(founder, *tags)).texts
    refuse_link(name)
    one_at_a_time(founder)
    made = Network.objects.filter(registered_by=founder)
    if sent := lately(made.shown()).filter(name_key=name_key(name)).first():
        return sent
    _refuse_taken(name, founder)
    hold_pace(founder, "networks", made, error=TooManyNetworks)
    now = timezone.now()
    network = Network(
        name=name,
        name_key=name_key(name),
        sort_key=sort_key(name),
        slug=free_slug(name),
        aim=aim,
        kind=kind,
        sectors=list(sectors),
        provinces=list(provinces),
        nationwide=nationwide,
        joining=joining,
        questions=list(questions),
        created_at=now,
        last_active_at=now,
        confirmed_at=now,
        registered_by=founder,
        confirmed_by=founder,
        **texts.story_html(story),
        **more,
    )
    try:
        with transaction.atomic():
            network.save(force_insert=True)
    except IntegrityError as error:
        raise _whose_name(network) from error
    _set_tags(network, tags)
    store_search_words([network.pk])
    admit(network, founder, role=Role.COORDINATOR)
    record_event(network.pk, EventKind.REGISTERED, actor=founder)
    looked.of("network", network)
    named.of("network", network)
    return network


def _whose_name(network: Network) -> NetworkNameTaken:
    """Somebody was quicker with this name, or with the address made of it."""
    return NetworkNameTaken(Network.objects.filter(name_key=network.name_key).first())


def _refuse_taken(name: str, giver: "Member", network: Network | None = None) -> None:
    """Raise NetworkNameTaken for a name of another than `network`, and for one only moderators may give.

    A hidden network answers to its addresses too, numbered ones as well, or the number behind a new one would
    tell of it.
    """
    others = Network.objects.exclude(pk=network.pk if network else 0)
    if taken := others.filter(name_key=name_key(name)).first():
        raise NetworkNameTaken(taken)
    taken_slugs = passed_over(slugify(name), free_slug(name, network))
    hidden = others.exclude(NETWORK_SHOWN.q())
    at_them = Q(slug__in=taken_slugs) | Q(old_addresses__slug__in=taken_slugs)
    kept = is_kept(name) and not giver.is_staff
    if kept or hidden.filter(at_them).exists():
        raise NetworkNameTaken


class TooManyNetworks(TooFast):
    message = gettext_lazy(
        "One member can register %(count)d networks a day. Please register this one tomorrow; "
        "what you wrote is still here."
    )


def free_slug(name: str, network: Network | None = None) -> str:
    """An address made from the name that no other network has, or once had."""

    def is_taken(slug: str) -> bool:
        taken, was = Network.objects.filter(slug=slug), NetworkAddress.objects.filter(slug=slug)
        if network is not None:
            taken, was = taken.exclude(pk=network.pk), was.exclude(network=network)
        return taken.exists() or was.exists()

    return first_free(_slug(name), is_taken)


def _slug(name: str) -> str:
    return slugify(name).strip("-") or "network"


def _set_tags(network: Network, names: Sequence[str]) -> None:
    wanted = [tag.pk for tag in get_tags(list(names))] if names else []
    TaggedNetwork.objects.filter(network=network).exclude(tag__in=wanted).delete()
    TaggedNetwork.objects.bulk_create(
        [TaggedNetwork(network=network, tag_id=pk) for pk in wanted], ignore_conflicts=True
    )


def change(
    *, editor: "Member", network: Network, file: IO[bytes] | None = None, **values: Any
) -> Network:
    """`edit_network` with a new picture, if there is one; raises what `register` does for that."""
    with pictures.stored(file, member=editor) as picture:
        if picture:
            values["picture"] = picture
        return edit_network(editor=editor, network=network, **values)


@transaction.atomic
def edit_network(
    *, editor: "Member", network: Network, seen: str | None = None, **values: Any
) -> Network:
    """Put new values in place of what a network's page says; what is not given stays.

    `seen` is the version the editor started from (`lists.version_of`). A new name brings a new
    address, and the old one redirects. What changed stands in the history.
    Raises BadText, NetworkNameTaken, NotAllowed, TooFast, or Stale when somebody saved another version meanwhile.
    """
    hold_pace(editor, "edits")
    network = lock_open(network.pk)
    require_role(editor, network)
    old_tags = tags_of(network.pk)
    if seen is not None and seen != version_of(network, old_tags):
        raise Stale
    tags = (named := published(editor, *values.pop("tags", old_tags))).texts
    new = _cleaned(network, values)
    said = [
        field for field, value in new.items() if field in _SAID and value != getattr(network, field)
    ]
    looked = published(editor, *(new[field] for field in said), *new.get("questions", ()))
    new |= dict(zip(said, looked.texts, strict=False))
    if "questions" in new:
        new["questions"] = looked.texts[len(said) :]
    changed = [field for field, value in new.items() if getattr(network, field) != value]
    if sorted(tags) != sorted(old_tags):
        changed.append("tags")
    if not changed:
        return network
    details: dict[str, Any] = {"changed": changed}
    if "name" in changed:
        refuse_link(str(new["name"]))
        details["name"] = [network.name, new["name"]]
        new |= _renamed(network, str(new["name"]), editor)
    if "story" in changed:
        new |= texts.story_html(new["story"], before=network.story)
    try:
        with transaction.atomic():
            Network.objects.filter(pk=network.pk).update(**new)
    except IntegrityError as error:
        network.name_key = new["name_key"]
        raise _whose_name(network) from error
    _set_tags(network, tags)
    if not _SEARCHED.isdisjoint(changed):
        store_search_words([network.pk])
    if "picture" in changed and network.picture:
        old = network.picture
        transaction.on_commit(lambda: pictures.forget(old))
    if "members_shown_to" in changed:  # how many are in two networks stands among its neighbours
        transaction.on_commit(lambda: caches["process"].clear())
    record_event(network.pk, EventKind.EDITED, actor=editor, details=details)
    looked.of("network", network)
    named.of("network", network)
    return Network.objects.get(pk=network.pk)


_SAID = ("name", "aim", "story")
_SEARCHED = {"name", "aim", "story", "tags"}


def _cleaned(network: Network, values: dict[str, Any]) -> dict[str, Any]:
    cleaners = {
        "name": clean_name,
        "aim": clean_aim,
        "story": texts.clean_story,
        "questions": texts.clean_questions,
        "members_shown_to": Audience,
    }
    new = {field: cleaners.get(field, _as_it_is)(value) for field, value in values.items()}
    if (home := new.pop("home", network.home_id)) != network.home_id:
        new["home_id"] = _member_organisation(network, home)
    return new


def _as_it_is(value: Any) -> Any:
    return value


def _member_organisation(network: Network, home: Any) -> int | None:
    """Its home must be one of its member organisations, both sides having said so."""
    pk = getattr(home, "pk", home)
    confirmed = network.organisations.filter(
        organisation=pk, by_network_at__isnull=False, by_organisation_at__isnull=False
    )
    if pk is not None and not confirmed.exists():
        raise BadText(_("The home organisation must be a member of the network first."))
    return pk


def _renamed(network: Network, name: str, giver: "Member") -> dict[str, Any]:
    """What follows from a new name. The old address redirects from now on; one it once had may return."""
    _refuse_taken(name, giver, network)
    slug = free_slug(name, network)
    if slug != network.slug:
        NetworkAddress.objects.filter(slug=slug).delete()
        NetworkAddress.objects.create(slug=network.slug, network=network)
    return {"name_key": name_key(name), "sort_key": sort_key(name), "slug": slug}


@transaction.atomic
def confirm_network(*, member: "Member", network: Network) -> None:
    """A coordinator says that all of the page is still so. Pressed twice, it is said once.

    Raises NotAllowed.
    """
    network = lock_open(network.pk)
    require_role(member, network)
    now = timezone.now()
    if network.confirmed_by_id == member.pk and network.confirmed_at > now - timedelta(minutes=10):
        return
    Network.objects.filter(pk=network.pk).update(confirmed_at=now, confirmed_by=member)
    record_event(network.pk, EventKind.CONFIRMED, actor=member)
    drop_emails(key=f"network-unconfirmed-{network.pk}-")


@transaction.atomic
def remind_coordinators(*, now: datetime) -> int:
    """Write to the coordinators of networks nobody has confirmed for twelve months; returns how many letters.

    Once in thirty days each, however often this is called: the month stands in the email's key.
    """
    rows = Membership.objects.filter(
        NETWORK_LISTED.q(path="network__"),
        role=Role.COORDINATOR,
        member__is_active=True,
        network__confirmed_at__lt=now - CONFIRMED_FOR,
    ).values_list("network_id", "network__confirmed_at", "member_id")
    keys: dict[str, tuple[str, int, int]] = {}
    for network_id, confirmed_at, member_id in rows:
        month = (now - confirmed_at - CONFIRMED_FOR) // REMIND_EVERY
        key = f"network-unconfirmed-{network_id}-{confirmed_at:%Y%m%d}-{month}"
        keys[f"{key}:{member_id}"] = (key, network_id, member_id)
    written = set(Email.objects.filter(key__in=keys).values_list("key", flat=True))
    for whole, (key, network_id, member_id) in keys.items():
        if whole not in written:
            data = {"network": network_id}
            tell(UNCONFIRMED, key=key, members=[member_id], data=data)
    return len(keys.keys() - written)
