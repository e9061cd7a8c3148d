"""The queue, a case, and deciding it: in the admin for the whole site, under a network for its own boards."""

from dataclasses import dataclass
from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import Member
from accounts.proof import need_proof
from accounts.second_step import lacks_second_step
from forums.base.errors import NotAllowed
from forums.base.view_helpers import WRITES, MemberRequest, Submission, posted, signed_in
from forums.groups.memberships.network_page import network_page, page_context
from forums.groups.memberships.permissions import can_moderate_in
from forums.groups.networks.models import Network
from forums.moderation.cases import lists, shown
from forums.moderation.cases.forms import CaseForm
from forums.moderation.cases.kinds import OFFERS
from forums.moderation.desks.site import to_second_step
from forums.moderation.queue import actions
from forums.moderation.queue.models import WAITING, Case
from forums.moderation.queue.registry import answers_to, kind_of
from forums.moderation.subjects import subject_at, subject_kinds


@dataclass(frozen=True, slots=True)
class QueuePlace:
    """Where the queue is shown: the site's, or one network's. Its pages differ in their frame and their addresses."""

    request: MemberRequest
    network: Network | None = None

    @property
    def cases(self) -> Any:
        return lists.cases_for(self.request.user, self.network)

    def address(self, page: str, pk: int | None = None) -> str:
        """Of the `queue`, a `case`, or what is done with one."""
        args = [] if self.network is None else [self.network.slug]
        where = "site" if self.network is None else "network"
        return reverse(f"{where}_{page}", args=args if pk is None else [*args, pk])

    def case(self, pk: int) -> Case:
        """404 for what she may not look into."""
        found = self.cases.select_related("about", "taken_by", "network", "decision", "ended_by")
        case: Case = get_object_or_404(found, pk=pk)
        return case

    def show(self, page: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
        """A page in its frame."""
        if self.network is None:
            frame = admin.site.each_context(self.request)
            template = f"admin/queue/{page}.html"
        else:
            frame = page_context(self.request, self.network, "queue")
            template = f"moderation/queue/{page}.html"
        context = {**frame, **context, "queue_url": self.address("queue")}
        return render(self.request, template, context, status=status)


def _in_network(request: MemberRequest, network: Network) -> QueuePlace:
    """The place of this network's moderators. Raises NotAllowed for anybody else."""
    if not can_moderate_in(request.user, network.pk):
        raise NotAllowed(_("This is where the network's moderators work."))
    return QueuePlace(request, network)


# -- in the admin: its door is the site's (forums/moderation/desks/site.py) ----------------------------


@require_safe
def site_queue(request: MemberRequest) -> HttpResponse:
    return _queue(QueuePlace(request))


@require_http_methods(WRITES)
def site_case(request: MemberRequest, pk: int) -> HttpResponse:
    return _case(QueuePlace(request), pk)


@require_POST
def site_take(request: MemberRequest, pk: int) -> HttpResponse:
    return _take(QueuePlace(request), pk)


@require_POST
def site_give_back(request: MemberRequest, pk: int) -> HttpResponse:
    return _give_back(QueuePlace(request), pk)


# -- under a network ---------------------------------------------------------------------------------


@require_safe
@never_cache
@network_page
@signed_in
def network_queue(request: MemberRequest, network: Network) -> HttpResponse:
    return _with_step(request) or _queue(_in_network(request, network))


@require_http_methods(WRITES)
@never_cache
@network_page
@signed_in
def network_case(request: MemberRequest, network: Network, pk: int) -> HttpResponse:
    return _with_step(request) or _case(_in_network(request, network), pk)


@require_POST
@network_page
@signed_in
def network_take(request: MemberRequest, network: Network, pk: int) -> HttpResponse:
    return _with_step(request) or _take(_in_network(request, network), pk)


@require_POST
@network_page
@signed_in
def network_give_back(request: MemberRequest, network: Network, pk: int) -> HttpResponse:
    return _with_step(request) or _give_back(_in_network(request, network), pk)


def _with_step(request: MemberRequest) -> HttpResponse | None:
    """Whoever looks after the site needs her second step here, too."""
    if request.user.is_staff and lacks_second_step(request.user):
        return to_second_step(request)
    return None


# -- what both have ----------------------------------------------------------------------------------


def _queue(place: QueuePlace) -> HttpResponse:
    """What waits, the first to look at first."""
    asked = lists.Sifted.of(place.request.GET)
    page = lists.page(place.cases, place.request.user, asked, place.request.GET)
    context = {
        "title": _("What waits to be looked at"),
        "page": page,
        "asked": asked,
        "kinds": lists.tabs(place.cases),
        "pulse": lists.pulse(place.cases),
        "states": _states(asked),
    }
    context["rows"] = [_addressed(place, row) for row in page.rows]
    return place.show("list", context)


def _states(asked: lists.Sifted) -> list[tuple[str, str, bool]]:
    labels = {
        "": _("all that waits"),
        "open": _("open"),
        "taken": _("in work"),
        "decided": _("decided"),
        "refused": _("refused"),
    }
    return [(value, label, value == asked.state) for value, label in labels.items()]


def _addressed(place: QueuePlace, row: lists.CaseRow) -> dict[str, Any]:
    """A line with its addresses."""
    query = place.request.GET.urlencode()
    here = place.address("case", row.pk) + (f"?{query}" if query else "")
    return {
        "row": row,
        "url": row.elsewhere or here,
        "take": "" if row.elsewhere or not row.is_open else place.address("take", row.pk),
    }


def _case(place: QueuePlace, pk: int) -> HttpResponse:
    """One case, and the form that decides it; after it, the next."""
    request, case = place.request, place.case(pk)
    if (elsewhere := kind_of(case).decided_at) is not None:
        return redirect(elsewhere(case))
    subject = subject_at(case.subject, case.key, request.user)
    answers = answers_to(case, subject, request.user)
    chosen = answers.get(request.POST.get("answer", ""))
    if chosen is not None and chosen.proof:
        need_proof(request)
    form = CaseForm(*posted(request), answers=answers)
    sent = Submission(form, lambda data: _decided(request.user, case, form), passing=NotAllowed)
    if sent.done:
        return _onward(place)
    if sent.refusal is not None:
        case = place.case(pk)  # as it is now: somebody was faster
    waits = case.state in WAITING
    holder = case.taken_by if case.taken_by_id != request.user.pk else None
    known = subject_kinds().get(case.subject)
    context = {
        "title": subject.title if subject else _("What is no longer there"),
        "what": known.label if known else "",
        "case": case,
        "because": lists.because([case])[case.pk],
        "waited": lists.lasting((case.ended_at or timezone.now()) - case.opened_at),
        "subject": subject,
        "texts": shown.in_its_place(subject, request.user),
        "sections": shown.sections(case),
        "others": _linked(place, shown.others_about_it(case, request.user)),
        "decisions": shown.decisions_about(subject, request.user),
        "other_acts": shown.other_acts(
            subject, request.user, OFFERS, but=answers if waits and holder is None else ()
        ),
        "record": shown.record_of(case.about, request.user),
        "form": form,
        "may_decide": waits and holder is None,
        "holder": holder,
        "waits": waits,
        "take": place.address("take", case.pk),
        "give_back": place.address("give_back", case.pk),
    }
    return place.show("case", context, status=sent.status)


def _linked(place: QueuePlace, cases: list[Case]) -> list[tuple[Case, str, str]]:
    """Cases with what waits in them, and their addresses."""
    return [(case, str(kind_of(case).label), place.address("case", case.pk)) for case in cases]


def _decided(member: Member, case: Case, form: CaseForm) -> Any:
    return actions.answer_case(
        moderator=member,
        case=case,
        answer=form.cleaned_data["answer"],
        grounds=form.grounds,
        more=form.more,
    )


def _onward(place: QueuePlace) -> HttpResponse:
    """To the next of what was asked for; where there is none, to the list."""
    request = place.request
    asked = lists.Sifted.of(request.GET)
    following = lists.next_case(place.cases, request.user, asked)
    query = f"?{asked.query}" if asked.query else ""
    if following is None:
        messages.success(request, _("Decided. Nothing else waits for you here."))
        return HttpResponseRedirect(place.address("queue") + query)
    messages.success(request, _("Decided. This is the next one."))
    return HttpResponseRedirect(place.address("case", following.pk) + query)


def _take(place: QueuePlace, pk: int) -> HttpResponse:
    case = place.case(pk)
    subject = subject_at(case.subject, case.key, place.request.user)
    if case.state in WAITING and not answers_to(case, subject, place.request.user):
        messages.info(place.request, _("Another moderator decides this one: it is left to them."))
    elif actions.take(moderator=place.request.user, case=case):
        messages.success(
            place.request, _("This one is yours now. Give it back if you do not get to it.")
        )
    else:
        messages.info(place.request, _("Somebody else was faster: it is taken, or decided."))
    return HttpResponseRedirect(place.address("case", pk) + _kept(place.request))


def _give_back(place: QueuePlace, pk: int) -> HttpResponse:
    actions.give_back(moderator=place.request.user, case=place.case(pk))
    messages.success(place.request, _("Given back to the queue."))
    return HttpResponseRedirect(place.address("queue") + _kept(place.request))


def _kept(request: HttpRequest) -> str:
    query = lists.Sifted.of(request.GET).query
    return f"?{query}" if query else ""
