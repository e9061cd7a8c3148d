"""The admin's site: where moderators work."""

from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.urls.resolvers import RoutePattern
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.i18n import JavaScriptCatalog

from forums.base.errors import ForumError

OURS = ("accounts", "forums")


# Addresses desks keep though their table was given another name (decision 036).
KEPT = {"forums/staffrequest/": "forums/plea/"}


class AdminCatalog(JavaScriptCatalog):
    """Django's words for its admin scripts, with the one its Thai catalogue leaves half in English."""

    def get_catalog(self) -> dict[str, Any]:
        words: dict[str, Any] = super().get_catalog()
        if "%(sel)s of %(cnt)s selected" in words:
            words["%(sel)s of %(cnt)s selected"] = [gettext("%(sel)s of %(cnt)s selected")]
        return words


def to_second_step(request: HttpRequest) -> HttpResponse:
    """Where such a moderator sets one up, told why."""
    why = gettext("Whoever looks after the site needs a second step. Set one up here first.")
    messages.warning(request, why)
    return redirect("mfa_index")


def _recorded(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Write down that she sent this form (`moderation.audit`), what came back with a fault as well."""
    from forums.moderation.audit.actions import record
    from forums.moderation.audit.recording import told_of

    if request.user.is_authenticated:
        record(member=request.user, **told_of(request, response))
    return response


class Site(admin.AdminSite):
    """The admin under our name; signing in goes through the site's own pages (two-factor too)."""

    site_header = _("Care for the site")
    site_title = _("Care for the site")
    index_title = _("What needs looking after")
    enable_nav_sidebar = False

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """Tables of ours only. What the libraries keep (addresses, sessions with their IPs, one-time
        codes) is for each member to look after, on her own pages, and for nobody to browse."""
        one = isinstance(model_or_iterable, type)
        models: Any = [model_or_iterable] if one else model_or_iterable
        ours = [model for model in models if model._meta.app_label in OURS]
        if ours:
            super().register(ours, admin_class, **options)

    def has_permission(self, request: HttpRequest) -> bool:
        # The tables cannot be imported before all apps are loaded, and this module is one of the first.
        from forums.moderation.permissions import can_moderate

        return can_moderate(request.user)

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """Django's door, which sends everyone to sign in: but a member would come back for ever."""
        guarded = super().admin_view(view, cacheable)

        # It needs tables, and this module is one of the first.
        from accounts.second_step import lacks_second_step

        @wraps(guarded)
        def door(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.user.is_authenticated and not self.has_permission(request):
                raise PermissionDenied(gettext("This is where moderators work."))
            if request.user.is_authenticated and lacks_second_step(request.user):
                return to_second_step(request)
            if request.method != "POST" or not request.user.is_authenticated:
                return guarded(request, *args, **kwargs)
            try:
                return _recorded(request, guarded(request, *args, **kwargs))
            except ForumError as error:  # the page of refusals answers, outside of the admin
                _recorded(request, HttpResponse(status=error.status))
                raise
            except PermissionDenied:
                _recorded(request, HttpResponse(status=403))
                raise

        return door

    def get_urls(self) -> list[Any]:
        """Django's, but that a desk whose table was given another name keeps its address."""
        urls = super().get_urls()
        for found in urls:
            if str(found.pattern) in KEPT:
                found.pattern = RoutePattern(KEPT[str(found.pattern)])
        return urls

    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """To the site's own page; who is signed in and may not enter is told so, not asked again."""
        following = request.GET.get("next", "")
        ours = url_has_allowed_host_and_scheme(following, allowed_hosts={request.get_host()})
        if not (
            ours and following.startswith("/")
        ):  # redirect() takes a bare word for a view's name
            following = reverse("admin:index")
        if self.has_permission(request):
            return redirect(following)
        if request.user.is_authenticated:
            raise PermissionDenied(gettext("This is where moderators work."))
        return redirect_to_login(following)

    def logout(self, request: HttpRequest, extra_context: Any = None) -> Any:
        return redirect("account_logout")

    def password_change(self, request: HttpRequest, extra_context: Any = None) -> Any:
        return redirect("account_change_password")

    password_change_done = password_change

    def i18n_javascript(self, request: HttpRequest, extra_context: Any = None) -> Any:
        return AdminCatalog.as_view(packages=["django.contrib.admin"])(request)

    def index(self, request: HttpRequest, extra_context: Any = None) -> Any:
        """What waits, what there is, and what was decided last."""
        from forums.moderation.desks.desk import history
        from forums.moderation.desks.waiting import waiting
        from forums.moderation.figures.standing import standing
        from forums.moderation.models import Decision

        latest = history(Decision.objects.visible_to(request.user))[:10]
        return super().index(
            request,
            {
                "decisions": latest,
                "waiting": waiting(request.user),
                "figures": standing(by_week=request.GET.get("by") == "week"),
                "password_alone": not settings.STAFF_SECOND_FACTOR,
                **(extra_context or {}),
            },
        )
