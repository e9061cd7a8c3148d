"""A topic seen by network: each network's posts, how others see it, their views, and who takes part."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from forums.base.errors import CoordinatorsOnly, NotAllowed
from forums.base.keyset import NUMBER, Keyset, Page, kept
from forums.base.offline import readable_offline
from forums.base.rate_limits import light_pace
from forums.base.view_helpers import MemberRequest, Submission, place_asked, signed_in
from forums.discussions.posts import cards, stream
from forums.discussions.posts.labels import labels
from forums.discussions.topics.loading import topic_at
from forums.discussions.topics.models import State, Topic
from forums.discussions.topics.permissions import is_asked, is_shut
from forums.discussions.voices import actions, lists
from forums.discussions.voices.forms import NetworkChoice, ViewForm
from forums.discussions.voices.permissions import (
    can_answer_for,
    can_close_view,
    can_invite,
    can_set_view,
    is_shared,
)
from forums.groups.memberships.models import roles_of
from forums.groups.memberships.network_page import network_page, page_context
from forums.groups.networks.models import Network
from forums.groups.organisations.lists import FOUND, best_named

SIZE = 20  # posts of one network a page
_IN_ORDER = Keyset({"number": NUMBER, "reply_number": NUMBER})
_BEGINNING = (-1, 0)


def _context(topic: Topic, way: str) -> dict[str, Any]:
    """`way`: which of the pages behind the tab it is."""
    return {
        "section": "topics",
        "topic": topic,
        "at": "network",
        "way": way,
        "open": topic.is_shown and not is_shut(topic),
    }


@require_safe
@readable_offline
def by_network(request: HttpRequest, pk: int) -> HttpResponse:
    """What one network says in a topic, in its order; the reader's own, or the first, unless she chooses."""
    topic = topic_at(pk, request.user)
    networks = lists.networks_in(topic)
    speaking = [network for network in networks if network.posts]
    asked = request.GET.get("of", "")
    mine = lists.mine_among(request.user, speaking)
    proposed = [network for network in speaking if network.id in mine] or speaking
    if asked:
        proposed = [network for network in speaking if network.slug == asked]
        if not proposed:
            raise Http404
    # Addresses of pages once had a dash in them: 5-2
    place = _IN_ORDER.place({"after": request.GET.get("after", "").replace("-", "_")})
    found: list[stream.PostRow] = []
    if proposed:
        after = place.values if place else _BEGINNING
        found = stream.voice_rows(
            topic.pk, proposed[0].id, request.user, after=after, limit=SIZE + 1
        )
    keep = kept(of=proposed[0].slug) if proposed else ""
    page = _IN_ORDER.page_of(found, place, size=SIZE, keep=keep)
    stream.mark_reactions(page.rows, request.user)
    may = {
        "open": topic.is_shown and not is_shut(topic),
        "may_write": is_asked(request.user, topic),
        "may_react": request.user.is_authenticated,
        "may_accept": False,
        "met": True,
    }
    cards.set_cards(page.rows, topic=topic, member=request.user, **may)
    context = _context(topic, "one") | {
        "shown": proposed[0] if proposed else None,
        "speaking": speaking,
        "page": page,
    }
    return render(request, "voices/by_network.html", context | may | labels())


@require_safe
def others(request: HttpRequest, pk: int) -> HttpResponse:
    """How networks see a topic: each its view and its most useful posts, side by side; the reader's own last."""
    topic = topic_at(pk, request.user)
    networks = lists.networks_in(topic)
    mine = lists.mine_among(request.user, networks)
    networks.sort(key=lambda network: network.id in mine)
    start = place_asked(request, "from", digits=3)
    shown = lists.side_by_side(topic, networks[start : start + lists.SIDE_BY_SIDE], request.user)
    later = start + lists.SIDE_BY_SIDE
    context = _context(topic, "others") | {
        "page": Page(shown, next=f"from={later}" if len(networks) > later else ""),
        "settable": lists.settable(topic, request.user),
    }
    return render(request, "voices/others.html", context)


@require_safe
@signed_in
def taking_part(request: MemberRequest, pk: int) -> HttpResponse:
    """Which networks take part in a topic, and for whoever may: inviting, asking, answering."""
    topic = topic_at(pk, request.user)
    mine = roles_of(request.user)
    answers = can_answer_for(request.user, topic)
    shared = is_shared(topic)
    may_invite = shared and can_invite(request.user, topic)
    rows = lists.parts_in(topic, request.user, answers=answers)
    seen = [
        row for row in rows if row.state == State.JOINED or row.id in mine or answers or may_invite
    ]
    there = {row.id for row in rows if row.state != State.LEFT} | {topic.board.network_id}
    speaking = {network.id for network in lists.networks_in(topic) if network.posts}
    asking = [place for pk_, place in mine.items() if place.speaks and shared and pk_ not in there]
    query = request.GET.get("q", "").replace("\0", "")[:80]
    found = best_named(lists.to_invite(topic), query)[:FOUND] if may_invite else []
    context = _context(topic, "taking_part") | {
        "rows": seen,
        "asking": asking,
        "speaking": len(speaking - {row.id for row in rows if row.state == State.JOINED}),
        "may_invite": may_invite,
        "shared": shared,
        "query": query,
        "found": found,
    }
    return render(request, "voices/taking_part.html", context)


def _chosen(request: HttpRequest) -> Network:
    pk = NetworkChoice(request.POST).chosen()
    return get_object_or_404(Network.objects.visible_to(request.user), pk=pk)


@require_POST
@signed_in
def invite(request: MemberRequest, pk: int) -> HttpResponse:
    """Invite a network; one of its coordinators will accept."""
    topic, network = topic_at(pk, request.user), _chosen(request)
    row = actions.invite_network(member=request.user, topic=topic, network=network)
    said = (
        _("%(network)s takes part in this topic now.")
        if row.state == State.JOINED
        else _("%(network)s is invited. Its coordinators will answer.")
    )
    messages.success(request, said % {"network": network.name})
    return redirect("topic_networks", pk=topic.pk)


@require_POST
@signed_in
def ask(request: MemberRequest, pk: int) -> HttpResponse:
    """Ask that one's own network take part."""
    topic, network = topic_at(pk, request.user), _chosen(request)
    row = actions.ask_to_join(member=request.user, topic=topic, network=network)
    said = (
        _("%(network)s takes part in this topic now.")
        if row.state == State.JOINED
        else _("%(network)s has asked. Who answers for the topic will say yes or no.")
    )
    messages.success(request, said % {"network": network.name})
    return redirect("topic_networks", pk=topic.pk)


@require_POST
@signed_in
def answer(request: MemberRequest, pk: int) -> HttpResponse:
    """Say yes or no to an invitation, or to a network that asks."""
    topic, network = topic_at(pk, request.user), _chosen(request)
    row = actions.answer_invitation(
        member=request.user,
        topic=topic,
        network=network,
        accept=request.POST.get("accept") == "1",
    )
    said = (
        _("%(network)s takes part in this topic now.")
        if row.state == State.JOINED
        else _("Declined. %(network)s does not take part.")
    )
    messages.success(request, said % {"network": network.name})
    if "waiting" in request.POST:
        host = topic.board.network if topic.board.network_id != network.pk else None
        back = network if network.pk in roles_of(request.user) else host
        if back is not None:
            return redirect(f"{back.get_absolute_url()}topics/waiting/")
    return redirect("topic_networks", pk=topic.pk)


@require_POST
@signed_in
def take_off(request: MemberRequest, pk: int) -> HttpResponse:
    """Take a topic off one's network's page."""
    topic, network = topic_at(pk, request.user), _chosen(request)
    actions.take_off(member=request.user, topic=topic, network=network)
    messages.success(
        request,
        _(
            "The topic no longer stands on the page of %(network)s. What was said stays where it was said."
        )
        % {"network": network.name},
    )
    return redirect("topic_networks", pk=topic.pk)


@signed_in
def view(request: MemberRequest, pk: int, slug: str) -> HttpResponse:
    """Write the network's own view of a topic, or change it."""
    topic = topic_at(pk, request.user)
    network = get_object_or_404(Network.objects.visible_to(request.user), slug=slug)
    if not can_set_view(request.user, topic, network.pk):
        raise NotAllowed(
            _("Its spokespersons and coordinators write a network's view, where it takes part.")
        )
    newest = lists.views_of(topic, [network.pk]).get(network.pk)
    if request.method == "POST":
        form = ViewForm(request.POST)
        form.stands(newest.body if newest else "")
    else:
        form = ViewForm(
            initial={
                "body": newest.body if newest else "",
                "seen": lists.newest_number(topic, network.pk),
            }
        )
    sent = Submission(
        form,
        lambda data: actions.set_view(
            member=request.user,
            topic=topic,
            network=network,
            body=data["body"],
            seen=data["seen"],
        ),
        drafts_of=request,
    )
    if sent.done:
        messages.success(request, _("Your network's view stands beside the topic."))
        return redirect(f"/t/{topic.pk}/by/others/#view-{network.pk}")
    context = {"topic": topic, "network": network, "form": form, "newest": newest}
    return render(request, "voices/view.html", context, status=sent.status)


@require_safe
@light_pace("history")
def view_history(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """Every version of a network's view, who signed it and when."""
    topic = topic_at(pk, request.user)
    network = get_object_or_404(Network.objects.visible_to(request.user), slug=slug)
    may_close = can_close_view(request.user, topic, network.pk)
    found = lists.versions(topic, network.pk, closed_too=may_close)
    if not found:
        raise Http404
    context = {"topic": topic, "network": network, "versions": found, "may_close": may_close}
    return render(request, "voices/view_history.html", context)


@require_safe
@signed_in
@network_page
def waiting(request: MemberRequest, network: Network) -> HttpResponse:
    """For coordinators: topics their network is invited to, and networks that ask into its topics."""
    context = page_context(request, network, "manage")
    if not context["may_coordinate"]:
        raise CoordinatorsOnly(network.get_absolute_url())
    context["rows"] = lists.waiting_for(request.user, network.pk)
    return render(request, "voices/waiting.html", context)
