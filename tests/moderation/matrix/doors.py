"""Addresses of order and privacy that do something when a form is sent there, and who may send it."""

from collections.abc import Callable
from typing import Any

from accounts.models import Member
from forums.discussions.posts.actions import edit_post
from forums.discussions.posts.models import Post
from forums.discussions.topics.models import Topic
from forums.discussions.voices.actions import set_view
from forums.discussions.voices.models import View
from forums.moderation import actions as moderation
from forums.moderation.clarifications.actions import ask, pin_reply
from forums.moderation.concealing.actions import conceal_passages
from forums.moderation.letters import letter_path
from forums.moderation.notes.actions import write_note
from forums.moderation.queue.actions import take
from forums.moderation.reports.actions import report
from forums.moderation.subjects import subject_at
from forums.moderation.sweeping.actions import sweep
from forums.moderation.takedown.models import Notice
from forums.moderation.versions.actions import close_version, close_view
from forums.moderation.watched.actions import watch
from forums.privacy.agreements.actions import publish
from tests.moderation.matrix.place import (
    ANYBODY,
    HEAD,
    MEMBERS,
    NETWORK,
    OTHERS,
    SITE,
    WHY,
    WORDS,
    Place,
)
from tests.moderation.matrix.test_answers import held, waiting

type Form = tuple[str, dict[str, Any]]  # the address, and what is sent there
DOORS: dict[str, tuple[frozenset[str], Callable[[Place], Form]]] = {}


def door(
    name: str, who: frozenset[str]
) -> Callable[[Callable[[Place], Form]], Callable[[Place], Form]]:
    """Whoever `who` names sends the form the function says; it makes what the address names first."""

    def keep(made: Callable[[Place], Form]) -> Callable[[Place], Form]:
        DOORS[name] = (who, made)
        return made

    return keep


# -- reports, the queue ------------------------------------------------------------------------------


def reported(place, kind):
    return f"/report/{kind}/{place.pk(kind)}/", {"problem": "rude"}


@door("report", OTHERS)
def _report(place):
    return reported(place, "post")


@door("report_take_back", frozenset({"level 1"}))
def _take_back(place):
    one = place.people["level 1"]
    made = report(
        member=one, subject=subject_at("post", str(place.pk("post")), one), problem="rude"
    )
    return f"/reports/{made.pk}/take-back/", {}


@door("site_take", SITE)
def _site_take(place):
    return f"/admin/queue/{waiting(place, 'report', 'post').pk}/take/", {}


def _taken(place, who):
    case = waiting(place, "report", "post")
    take(moderator=place.people[who], case=case)
    return case.pk


@door("site_give_back", SITE)
def _site_give_back(place):
    return f"/admin/queue/{_taken(place, 'network moderator')}/give-back/", {}


def _under(place, pk, what):
    return f"/n/{place.things['network'].slug}/queue/{pk}/{what}/", {}


@door("network_take", NETWORK)
def _network_take(place):
    return _under(place, waiting(place, "report", "post").pk, "take")


@door("network_give_back", SITE)
def _network_give_back(place):
    """What another took, only the site's moderators give back."""
    return _under(place, _taken(place, "administrator"), "give-back")


# -- decisions ---------------------------------------------------------------------------------------


def _decision(place):
    post = Post.objects.get(pk=place.pk("post"))
    return moderation.hide_post(moderator=place.people["network moderator"], post=post, reason=WHY)


@door("reasons", frozenset({"author"}))
def _appeal(place):
    return f"/decisions/{_decision(place).pk}/", {"words": "ไม่ได้ว่าใคร"}


@door("reasons_by_letter", ANYBODY)
def _appeal_by_letter(place):
    return letter_path(_decision(place), place.pk("member")), {"words": "ไม่ได้ว่าใคร"}


@door("held", frozenset({"author"}))
def _held(place):
    held(place, "post")
    return f"/p/{place.pk('post')}/held/", {}


@door("conceal", NETWORK)
def _conceal(place):
    return f"/p/{place.pk('post')}/conceal/", {"words": WORDS, "reason": WHY}


@door("reveal", NETWORK)
def _reveal(place):
    post = Post.objects.get(pk=place.pk("post"))
    keeper = place.people["network moderator"]
    conceal_passages(post=post, moderator=keeper, reason=WHY, passages=[WORDS])
    return f"/p/{post.pk}/reveal/", {"reason": WHY}


def _version(place):
    post = Post.objects.get(pk=place.pk("post"))
    edit_post(editor=place.people["author"], post=post, body="แก้แล้ว", seen_revision=0)
    return post.revisions.get(number=1)


@door("close_version", NETWORK | {"author"})
def _close_version(place):
    return f"/p/{_version(place).post_id}/history/1/close/", {"reason": WHY}


@door("open_version", NETWORK)
def _open_version(place):
    version = _version(place)
    keeper = place.people["network moderator"]
    close_version(moderator=keeper, version=version, reason=WHY)
    return f"/p/{version.post_id}/history/1/open/", {"reason": WHY}


def _view(place):
    network = place.things["network"]
    for body in ("เราเห็นด้วย", "เราเห็นด้วยครึ่งหนึ่ง"):
        topic = Topic.objects.select_related("board").get(pk=place.pk("topic"))
        set_view(member=network.registered_by, topic=topic, network=network, body=body)
    return View.objects.filter(topic=place.pk("topic")).earliest("number")


def _of_view(place, view, what):
    slug = place.things["network"].slug
    url = f"/t/{view.topic_id}/by/view/{slug}/history/{view.number}/{what}/"
    return url, {"reason": WHY}


@door("close_view", NETWORK)
def _close_view(place):
    return _of_view(place, _view(place), "close")


@door("open_view", NETWORK)
def _open_view(place):
    view = _view(place)
    close_view(moderator=place.people["network moderator"], view=view, reason=WHY)
    return _of_view(place, view, "open")


# -- replies of who is named, notices ------------------------------------------------------------------


def _asked(place):
    topic = Topic.objects.get(pk=place.pk("topic"))
    words = {"named": "person", "how": "ในข้อแรก", "body": "ขอเล่าจากฝั่งนี้"}
    return ask(member=place.people["level 1"], topic=topic, **words)


@door("clarify", OTHERS)
def _clarify(place):
    words = {"named": "person", "how": "ในข้อแรก", "body": "ขอเล่าจากฝั่งนี้"}
    return f"/t/{place.pk('topic')}/clarify/", words


@door("clarification", NETWORK)
def _clarification(place):
    asked = _asked(place)
    pin_reply(moderator=place.people["network moderator"], clarification=asked, reason=WHY)
    return f"/t/{asked.topic_id}/clarify/{asked.pk}/", {"reason": WHY}


@door("clarification_back", frozenset({"level 1"}))
def _clarification_back(place):
    asked = _asked(place)
    return f"/t/{asked.topic_id}/clarify/{asked.pk}/back/", {}


@door("takedown", ANYBODY)
def _takedown(place):
    return "/takedown/", {
        "notifier": "person",
        "name": "คนที่ถูกพูดถึง",
        "email": "named@example.org",
        "address": place.things["topic"].get_absolute_url(),
        "harm": "defames",
        "words": "ไม่จริง",
        "truth": "on",
    }


@door("takedown_receipt", ANYBODY)
def _receipt(place):
    waiting(place, "notice", "topic")
    Notice.objects.update(state="asked")
    return Notice.objects.get().get_absolute_url(), {"more": "บรรทัดที่สอง"}


# -- the site's own: notes, sweeps, lists --------------------------------------------------------------


@door("staff_notes", SITE)
def _notes(place):
    return f"/admin/notes/{place.pk('member')}/", {"text": "เตือนแล้ว", "days": "90"}


@door("staff_note_gone", SITE)
def _note_gone(place):
    values = {"author": place.people["moderator"], "member": place.people["author"]}
    return f"/admin/notes/{write_note(text='เตือนแล้ว', days=90, **values).pk}/gone/", {}


@door("sweep", SITE)
def _sweep(place):
    return f"/admin/sweep/{place.pk('member')}/", {"out": "ban", "reason": WHY}


@door("sweep_undone", SITE)
def _sweep_undone(place):
    values = {"moderator": place.people["moderator"], "member": place.people["author"]}
    return f"/admin/sweep/{sweep(reason=WHY, **values).pk}/undo/", {}


@door("watched", SITE)
def _watch(place):
    return "/admin/watched/", {"kind": "word", "text": "พนันออนไลน์", "follows": "hold"}


@door("watched_off", SITE)
def _watched_off(place):
    values = {"kind": "word", "text": "พนันออนไลน์", "follows": "hold"}
    return f"/admin/watched/{watch(moderator=place.people['moderator'], **values).pk}/off/", {}


# -- oneself -----------------------------------------------------------------------------------------


@door("agree", MEMBERS - HEAD)
def _agree(place):
    """Who publishes a wording has agreed to it."""
    publish(moderator=place.people["administrator"], said="เก็บข้อมูลจราจร 90 วัน")
    return "/agree/", {"consent": "on"}


@door("profile_take_back", MEMBERS)
def _profile(place):
    Member.objects.update(bio="ทำสวน")
    return "/settings/privacy/take-back/", {}


@door("copy_ask", MEMBERS)
def _copy(place):
    return "/settings/privacy/copy/", {}
