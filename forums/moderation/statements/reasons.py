"""One statement of reasons, made of its decision."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from forums.discussions.posts.models import Post
from forums.discussions.topics.models import Topic
from forums.groups.memberships.permissions import coordinator_ids
from forums.groups.networks.models import Network
from forums.moderation.letters import ends_at
from forums.moderation.models import TRAITS, Act, Decision
from forums.moderation.telling import owners_of


@dataclass(frozen=True, slots=True)
class Reasons:
    """What its reader is told. `title` and `url` are '' where there is nothing to lead to; `ends_at` is the last moment to
    ask that another looks again, None where that cannot be asked."""

    decision: Decision
    act: str
    what: str
    title: str
    url: str
    who: str
    by_rule: bool
    since: datetime
    until: datetime | None
    ends_at: datetime | None


def loaded(pk: int) -> Decision | None:
    """The decision with all a statement says of it."""
    related = ("topic", "post__topic", "member", "network", "activity", "organisation", "rule")
    return Decision.objects.select_related("moderator", *related).filter(pk=pk).first()


def readers_of(decision: Decision) -> set[int]:
    """Whose it is, by id; of a network its coordinators, of an organisation who speaks for it. Nobody of what is told otherwise, or decided about one's own."""
    if decision.about == "network":
        told = TRAITS[Act(decision.act)].told
        return set(coordinator_ids(decision.network_id or 0)) if told is not None else set()
    return owners_of(decision) - {decision.moderator_id or 0}


def goes_against(decision: Decision) -> bool:
    """Is it one to object to? A level only where it fell."""
    if decision.act == Act.TRUST:
        before, after = decision.details.get("from"), decision.details.get("to")
        return before is not None and after is not None and after < before
    return TRAITS[Act(decision.act)].against


def reasons_of(decision: Decision, reader: Any) -> Reasons:
    """The statement as `reader` (a member) reads it."""
    what, title, url = _about(decision, reader)
    return Reasons(
        decision=decision,
        act=decision.get_act_display(),
        what=what,
        title=title,
        url=url,
        who=who_decided(decision),
        by_rule=decision.moderator_id is None,
        since=decision.created_at,
        until=decision.until,
        ends_at=ends_at(decision) if goes_against(decision) else None,
    )


def who_decided(decision: Decision) -> str:
    """By what office: names are told to nobody."""
    if decision.moderator_id is None:
        return _("a rule that counts reports, and no person")
    if (pk := decision.details.get("network")) is not None:
        network = Network.objects.visible_to(None).filter(pk=pk).first()
        if network is None:
            return _("a moderator of the network")
        return _("a moderator of the network “%(network)s”") % {"network": network.name}
    return _("a moderator of the site")


def _about(decision: Decision, reader: Any) -> tuple[str, str, str]:
    what, title, url = _whole(decision, reader)
    if "message" in decision.details:
        what = _("a private message of yours")
    elif "restatement" in decision.details or "portrayal" in decision.details:
        what = _("what you said for another")
    elif "statement" in decision.details:
        what = _("a statement of yours in") if title else _("a statement of yours")
    elif "line" in decision.details:
        what = _("a line of the money of your network")
    elif "meaning" in decision.details:
        what = _("a card of yours in") if title else _("a card of yours")
    elif "poll" in decision.details:
        what = _("a poll of yours in") if title else _("a poll of yours")
    elif "picture" in decision.details:
        mine = _("a picture of yours in") if title else _("a picture of yours")
        what = _("a document in the money of your network") if decision.network_id else mine
    return what, title, url


def _whole(decision: Decision, reader: Any) -> tuple[str, str, str]:
    match decision.about:
        case "post":
            post = decision.post
            return _("your text in the topic"), _title_of(post.topic, reader), _post_path(post)  # type: ignore[union-attr, arg-type]
        case "topic":
            topic = decision.topic
            url = topic.get_absolute_url() if _is_readable(topic, reader) else ""  # type: ignore[union-attr]
            return _("your topic"), topic.title, url  # type: ignore[union-attr]
        case "activity":
            activity = decision.activity
            url = f"/moderation/activities/{activity.pk}/words/"  # type: ignore[union-attr]
            return _("your activity"), activity.title, url  # type: ignore[union-attr]
        case "network":
            network = decision.network
            url = network.get_absolute_url() if network.hidden_at is None else ""  # type: ignore[union-attr]
            return _("your network"), network.name, url  # type: ignore[union-attr]
        case "organisation":
            organisation = decision.organisation
            return _("your organisation"), organisation.name, organisation.get_absolute_url()  # type: ignore[union-attr]
        case _other:
            return _("your account"), "", ""


def _post_path(post: Post) -> str:
    """Her own words, whole, where others read them no more; else the post."""
    return f"/p/{post.pk}/words/"


def _is_readable(topic: Topic | None, reader: Any) -> bool:
    return topic is not None and Topic.objects.visible_to(reader).filter(pk=topic.pk).exists()


def _title_of(topic: Topic, reader: Any) -> str:
    return topic.title if _is_readable(topic, reader) else ""
