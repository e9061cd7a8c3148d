"""Pages of following: the form for one thing, all one follows, whom one blocked."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import Member
from forums.base.view_helpers import WRITES, MemberRequest, Submission, posted, signed_in
from forums.reading.following import actions, lists
from forums.reading.following.forms import DefaultsForm, LevelForm
from forums.reading.following.models import TARGETS, FollowDefaults, Level
from forums.reading.following.targets import Target, target
from forums.text.handles import handle_key

_TABS: dict[str, str | Promise] = {
    "topic": gettext_lazy("Topics"),
    "network": gettext_lazy("Networks"),
    "board": gettext_lazy("Boards"),
    "tag": gettext_lazy("Tags"),
    "person": gettext_lazy("Members"),
}


@never_cache
@require_http_methods(WRITES)
@signed_in
def follow(request: MemberRequest, kind: str, pk: int) -> HttpResponse:
    """Choose how closely one follows one thing. Sent from its own page, it leads back there."""
    found = target(kind, pk, request.user)
    before = lists.level_of(request.user, found) if "undo" in request.POST else None
    form = LevelForm(*posted(request))
    sent = Submission(
        form,
        lambda data: actions.set_level(
            member=request.user, target=found, level=data["level"], mine_too=data["mine_too"]
        ),
    )
    if sent.done:
        if sent.made:
            return redirect(
                f"{reverse('settings_following')}?{urlencode({'kind': kind, 'all': 1})}"
            )
        if "undo" in request.POST:
            return redirect(_list_with_undo(found, before))
        level = form.cleaned_data["level"]
        messages.success(request, _told(found, level))
        return redirect(_back(request, found.url))
    context = {
        "form": form,
        "target": found,
        "control": lists.control_of(kind, found.thing, request.user),
        "next": _back(request, found.url),
    }
    return render(request, "following/follow.html", context, status=sent.status)


def _told(found: Target, level: Level | None) -> str:
    said = {"name": found.name}
    if level is None:
        return _("You no longer follow “%(name)s” by a choice of its own.") % said
    return {
        Level.MUTED: _("You will be told nothing of “%(name)s” any more."),
        Level.NORMAL: _("Of “%(name)s” you are told only when you are answered or named."),
        Level.TRACKING: _("You follow “%(name)s” now: what is new is counted for you."),
        Level.WATCHING: _("You follow “%(name)s” now, and are told of what is new."),
    }[level] % said


def _back(request: HttpRequest, otherwise: str) -> str:
    """Where the form was sent from, if that is a page of ours."""
    asked = request.POST.get("next", "")
    ours = asked.startswith("/") and url_has_allowed_host_and_scheme(asked, allowed_hosts=None)
    return asked if ours else otherwise


# -- All one follows -----------------------------------------------------------------------------


def _list_with_undo(found: Target, before: Level | None) -> str:
    was = f"{found.pk}_{'' if before is None else int(before)}"
    return f"{reverse('settings_following')}?{urlencode({'kind': found.kind, 'was': was})}"


@require_POST
@signed_in
def take_back(request: MemberRequest) -> HttpResponse:
    """What was changed last for many topics at once stands as before."""
    count = actions.take_back(member=request.user)
    if count:
        words = ngettext(
            "Taken back: %(count)d topic stands as before.",
            "Taken back: %(count)d topics stand as before.",
            count,
        )
        messages.success(request, words % {"count": count})
    else:
        messages.info(request, _("That is taken back already."))
    return redirect(f"{reverse('settings_following')}?kind=topic")


@never_cache
@require_http_methods(WRITES)
@signed_in
def following(request: MemberRequest) -> HttpResponse:
    """All one follows, kind by kind: change it, stop, and take that back; and what is followed of its own accord."""
    kind = request.GET.get("kind", TARGETS[0])
    if kind not in TARGETS:
        raise Http404
    mine = FollowDefaults.objects.filter(member=request.user).first()
    form = DefaultsForm(*posted(request), instance=mine or FollowDefaults(member=request.user))
    sent = Submission(form, lambda data: actions.set_defaults(member=request.user, **data))
    if sent.done:
        messages.success(request, _("Saved."))
        return redirect(f"{reverse('settings_following')}#defaults")
    context = {
        "section": "settings",
        "kind": kind,
        "tabs": [(name, label, name == kind) for name, label in _TABS.items()],
        "page": lists.following(request.user, kind, request.GET),
        "levels": [(str(level), Level(level).label) for level in lists.MEANINGS],
        "meanings": [(Level(level).label, said) for level, said in lists.MEANINGS.items()],
        "form": form,
        "undo": _undo(request, kind),
        "all_at_once": lists.all_at_once(request.user) if "all" in request.GET else 0,
    }
    return render(request, "following/following.html", context, status=sent.status)


def _undo(request: MemberRequest, kind: str) -> dict[str, Any] | None:
    """What was changed just now and how it was before, as the address says; None where nothing was."""
    pk, sign, level = request.GET.get("was", "").partition("_")
    if not (sign and pk.isascii() and pk.isdigit() and len(pk) < 19):
        return None
    if level not in ("", *map(str, Level.values)):
        return None
    try:
        found = target(kind, int(pk), request.user)
    except Http404:
        return None
    return {"target": found, "level": level}


# -- Blocking ------------------------------------------------------------------------------------


@never_cache
@require_http_methods(WRITES)
@signed_in
def block(request: MemberRequest, handle: str) -> HttpResponse:
    """Block a person, after reading what that does; or unblock her (`on` is 0)."""
    person = get_object_or_404(Member.objects.shown(), handle_key=handle_key(handle[:100]))
    if request.method == "POST":
        said = {"name": person}
        if request.POST.get("on") == "0":
            actions.unblock(member=request.user, person=person)
            messages.success(request, _("You see again what %(name)s writes.") % said)
        else:
            actions.block(member=request.user, person=person)
            messages.success(
                request, _("%(name)s is blocked, and is not told. Undo it in your settings.") % said
            )
        return redirect(_back(request, person.get_absolute_url()))
    context = {
        "person": person,
        "is_blocked": lists.is_blocked(request.user, person),
        "is_me": person.pk == request.user.pk,
    }
    return render(request, "following/block.html", context)


@never_cache
@require_safe
@signed_in
def blocked(request: MemberRequest) -> HttpResponse:
    """Whom one blocked: unblock them."""
    context = {"section": "settings", "page": lists.blocked(request.user, request.GET)}
    return render(request, "following/blocked.html", context)
