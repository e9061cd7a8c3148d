"""What kind of difference it is: asked of both sides, told of both."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from forums.base.errors import NotAllowed
from forums.base.view_helpers import MemberRequest, Submission, posted, signed_in
from forums.discussions.topics.loading import topic_at
from forums.knowledge.differences.actions import say_difference
from forums.knowledge.differences.asking import asked_of
from forums.knowledge.differences.forms import DifferenceForm
from forums.knowledge.differences.models import DifferenceKind
from forums.knowledge.differences.sides import sides_of
from forums.knowledge.differences.told import kinds_of_difference
from forums.knowledge.results.access import access_to, figures_for
from forums.knowledge.statements.models import Statement


@signed_in
def difference(request: MemberRequest, pk: int, number: int) -> HttpResponse:
    """One statement on which networks differ: what both sides say it is about; who is on one of them says it here."""
    topic = topic_at(pk, request.user)
    statement = get_object_or_404(Statement.objects.open(), topic=topic, number=number)
    access = access_to(topic, request.user)
    if not access.may_see:
        raise NotAllowed(_("Answer for yourself first; then you see how networks answered."))
    published = figures_for(access)
    figures = published.of(statement.pk) if published else None
    if figures is None or sides_of(figures) is None:
        raise Http404
    asked = asked_of(request.user, access, figures, statement)
    form = DifferenceForm(*posted(request), initial={"kind": asked.said if asked else None})
    sent = Submission(
        form,
        lambda data: say_difference(
            member=request.user, topic=topic, statement=statement, kind=data["kind"]
        ),
        passing=NotAllowed,
    )
    if sent.done:
        messages.success(request, _("Thank you. It is counted with what others of your side say."))
        return redirect("statement_difference", pk=topic.pk, number=number)
    context = {
        "topic": topic,
        "statement": statement,
        "form": form,
        "asked": asked,
        "about_words": asked is not None and asked.said is DifferenceKind.WORDS,
        "told": kinds_of_difference([figures]).get(statement.pk),
    }
    return render(request, "differences/difference.html", context, status=sent.status)
