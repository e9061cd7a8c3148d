"""The page of a topic."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from forums.activities import rows as activity_rows
from forums.base.offline import readable_offline
from forums.base.view_helpers import page_number, pager
from forums.discussions.polls.forms import cards_of
from forums.discussions.polls.lists import polls_in
from forums.discussions.posts import cards, stream
from forums.discussions.posts.labels import labels
from forums.discussions.posts.registry import posts_served
from forums.discussions.posts.stream import PostRow
from forums.discussions.topics.beside import (
    VoiceBesideRow,
    around,
    cards_beside,
    crumbs,
    people_beside,
    views_beside,
)
from forums.discussions.topics.loading import topic_at
from forums.discussions.topics.models import PAGE, Topic
from forums.discussions.topics.permissions import (
    can_accept,
    can_delete,
    can_edit,
    can_reply,
    can_take_back,
    is_asked,
    is_shut,
)
from forums.discussions.topics.sharing import picture_of_any_page, sketch
from forums.discussions.voices.permissions import is_shared
from forums.front.topic.linked_data import of_topic
from forums.front.topic.reply_box import reply_box
from forums.groups.memberships.permissions import can_moderate_in
from forums.kept.marking import kept_for_visitors, numbered
from forums.knowledge.glossary.cards import cards_in
from forums.moderation.clarifications.pinned import pinned_in
from forums.moderation.desks.acts import beside
from forums.moderation.topics.lists import regrouped
from forums.reading.marks.news import mark_of, tell_new, way_to_new
from forums.search.related.lists import shown_under
from forums.sharing.sending import send_on
from forums.text.glance import as_read, glance


@require_safe
@kept_for_visitors(numbered, topic=True)
@readable_offline
def topic(request: HttpRequest, pk: int, slug: str = "") -> HttpResponse:
    """One topic: its text and a page of comments, each with its first ten replies."""
    found = topic_at(pk, request.user)
    if slug != found.slug:
        query = request.GET.urlencode()
        return redirect(found.get_absolute_url() + (f"?{query}" if query else ""), permanent=True)
    if found.merged_into_id is not None:
        return redirect(_now_at(request, found))
    pages = max(1, -(-found.last_number // PAGE))
    number = page_number(request, pages=pages)
    trees = stream.page_rows(
        found.pk, request.user, first=(number - 1) * PAGE + (number > 1), last=number * PAGE
    )
    opener = trees.pop(0) if number == 1 and trees and trees[0].number == 0 else None
    rows = stream.flat(trees) + ([opener] if opener else [])
    accepted = None
    if found.accepted_post_id and number == 1:
        accepted = stream.one_row(found.accepted_post_id, request.user)
    stream.mark_reactions(rows, request.user)
    mark = mark_of(found)
    tell_new(rows, mark, request.user.pk)
    may_reply = can_reply(request.user, found)
    may = {
        "open": found.is_shown and not is_shut(found),
        "may_write": may_reply if request.user.is_authenticated else is_asked(request.user, found),
        "may_react": request.user.is_authenticated,
        "may_accept": can_accept(request.user, found),
        "may_delete": may_reply and can_delete(request.user, found),
        "met": bool(found.voices),
        "may_moderate": can_moderate_in(request.user, found.board.network_id),
    }
    cards.set_cards(stream.flat(trees), topic=found, member=request.user, **may)
    cards.set_threads(trees)
    cards.set_knots(trees)
    if opener:
        cards.set_acts(opener, topic=found, member=request.user, **may)
    tags, people, networks = around(found)
    views = views_beside(networks, found)
    response = render(
        request,
        "topics/topic.html",
        {
            "topic": found,
            "crumbs": crumbs(found),
            "opener": opener,
            "comments": trees,
            "clarified": pinned_in(found) if opener else [],
            "polls": cards_of(polls_in(found, request.user)) if opener else [],
            "words": cards_in(
                found, (as_read(text) for text in (found.title, *(row.html for row in rows)))
            ),
            "accepted": accepted,
            "tags": tags,
            "people": people_beside(people),
            "networks": networks,
            "views": views,
            "network_cards": [] if views else cards_beside(networks, found),
            "related": shown_under(found, request.user),
            "pager": pager(number, pages),
            "news": way_to_new(rows, mark),
            "may_reply": may_reply,
            "activities": activity_rows.of_topic(found, request.user)
            if found.has_activities
            else [],
            "may_share": request.user.is_authenticated and is_shared(found),
            "may_take_back": can_take_back(request.user, found),
            "may_edit": may_reply and can_edit(request.user, found),
            "reply_box": reply_box(request, found) if may_reply else "",
            **(regrouped(found, number, request.user) if found.parted_at else {}),
            "acts": beside(found) if may["may_moderate"] else [],
            **_elsewhere(found, opener, accepted, networks),
            **may,
            **labels(),
        },
    )
    posts_served(request, response, found, rows)
    return response


def _now_at(request: HttpRequest, topic: Topic) -> str:
    """Where a page of a merged topic stands in that it was merged into: each page is one page there."""
    page = request.GET.get("page", "1")
    page_there = (topic.merged_base or 0) // PAGE + (int(page) if page.isdecimal() else 1)
    target = topic_at(topic.merged_into_id or 0, request.user)
    query = f"?page={page_there}" if page_there > 1 else ""
    return f"{target.get_absolute_url()}{query}"


def _elsewhere(
    topic: Topic,
    opener: PostRow | None,
    accepted: PostRow | None,
    networks: Sequence[VoiceBesideRow],
) -> dict[str, Any]:
    """What a link to it shows elsewhere and what machines read, nothing of what is not for everyone; how to send
    it on."""
    if not topic.is_listed:
        return {}
    is_public = topic.board.is_for_everyone
    offered = {"send_on": send_on(path=topic.short_url, title=topic.title, is_public=is_public)}
    if not is_public:
        return offered
    drawn, text = picture_of_any_page(topic), ""
    if opener is not None:
        about = sketch(topic, author=opener.author.name, network=opener.network, voices=networks)
        drawn, text = about.address("topics", topic.pk), glance(opener.html)
    cover = opener and topic.cover
    picture = f"{cover.address}/{cover.sizes[-1]}.webp" if cover else drawn
    return offered | {
        "drawn": drawn,
        "shared_text": text,
        "linked_data": of_topic(topic, opener, accepted, text=text, picture=picture),
    }
