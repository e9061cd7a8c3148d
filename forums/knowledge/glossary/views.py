"""The words of a topic and what they mean to each network; writing such a card."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from forums.base.errors import NotAllowed
from forums.base.view_helpers import MemberRequest, Submission, place_asked, posted, signed_in
from forums.discussions.topics.loading import topic_at
from forums.groups.networks.models import Network
from forums.knowledge.glossary.actions import say_meaning
from forums.knowledge.glossary.cards import PAGE, WORDS, word_of, words_of
from forums.knowledge.glossary.forms import MeaningForm
from forums.knowledge.glossary.models import Meaning
from forums.knowledge.glossary.permissions import spoken_for


@require_safe
def words(request: HttpRequest, pk: int) -> HttpResponse:
    """A topic's words, a page at a time, with the first cards of each; or one word with all of them."""
    topic = topic_at(pk, request.user)
    of, start = place_asked(request, "word"), place_asked(request, "from")
    if of:
        word = word_of(topic, of, start=start)
        found, later = [word] if word else [], start + PAGE
    else:
        found, later = words_of(topic, start=start), start + WORDS
    if not found and topic.merged_into_id:  # where they went
        return redirect("topic_words", pk=topic.merged_into_id)
    if not found and (of or start):
        raise Http404
    context = {
        "section": "topics",
        "topic": topic,
        "at": "common",
        "words": found[:WORDS],
        "of": of,
        "later": later,
        "goes_on": len(found) > WORDS,
        "networks": spoken_for(request.user, topic),
        "may_report": request.user.is_authenticated,
    }
    return render(request, "glossary/words.html", context)


@signed_in
def write(request: MemberRequest, pk: int) -> HttpResponse:
    """Say what a word means to one's network, or change it; an empty text takes the card back."""
    topic = topic_at(pk, request.user)
    networks = spoken_for(request.user, topic)
    if not networks:
        raise NotAllowed(
            _(
                "What a word means to a network say its spokespersons and coordinators, where it takes part."
            )
        )
    before = _before(request, topic.pk, {place.network_id for place in networks})
    form = MeaningForm(
        *posted(request),
        networks=networks,
        changing=before is not None,
        initial={
            "network": before.network_id if before else networks[0].network_id,
            "term": before.word.term if before else request.GET.get("term", "")[:200],
            "body": before.body if before else "",
            "seen": before.pk if before else 0,
        },
    )
    if form.is_bound:
        form.stands(before.body if before else "")
    sent = Submission(
        form,
        lambda data: say_meaning(
            member=request.user,
            topic=topic,
            network=get_object_or_404(Network, pk=data["network"]),
            term=data["term"],
            body=data["body"],
            seen=data["seen"],
        ),
    )
    if sent.done:
        said = _("The card stands beside those of others.") if sent.made else _("Taken back.")
        messages.success(request, said)
        there = reverse("topic_words", args=[topic.pk])
        return redirect(f"{there}?word={sent.made.word_id}" if sent.made else there)
    context = {"section": "topics", "topic": topic, "form": form, "before": before}
    return render(request, "glossary/write.html", context, status=sent.status)


def _before(request: HttpRequest, topic_id: int, networks: set[int]) -> Meaning | None:
    """The card she changes (`of` in the address): one that is shown, of a network she speaks for."""
    asked = request.GET.get("of", "")
    if not (asked.isascii() and asked.isdigit() and len(asked) < 19):
        return None
    mine = Meaning.objects.filter(replaced_at=None, word__topic=topic_id, network__in=networks)
    found: Meaning = get_object_or_404(mine.select_related("word"), pk=int(asked))
    return found
