"""What views have in common: who may knock, and how a refusal is answered."""

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any, cast

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from forums.base.errors import ForumError

if TYPE_CHECKING:
    from accounts.models import Member

View = Callable[..., HttpResponse]
WRITES = ["GET", "HEAD", "POST"]


def signed_in(view: View) -> View:
    """Only for members. A visitor is sent to sign in; one whose session ended while she wrote
    gets her text back instead of losing it in a redirect."""

    @wraps(view)
    def door(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated:
            return view(request, *args, **kwargs)
        if request.method == "POST":
            raise PermissionDenied(
                _("You are no longer signed in. Sign in in another tab, then send this again.")
            )
        return redirect_to_login(request.get_full_path())

    return door


def me(request: HttpRequest) -> "Member":
    """Who is signed in; for views that let nobody else in."""
    return cast("Member", request.user)


def refuse(form: BaseForm, error: ForumError) -> int:
    """Put a refusal above the form, with what was typed still in it; returns the HTTP status."""
    form.add_error(None, str(error.message))
    return error.status


def page_number(request: HttpRequest, *, pages: int) -> int:
    """The asked-for page of `pages`: 1 without one; Http404 for what is no page here."""
    asked = request.GET.get("page", "1")
    if asked == "last":
        return pages
    if not (asked.isascii() and asked.isdigit() and len(asked) < 9):
        raise Http404
    number = int(asked)
    if not 1 <= number <= pages:
        raise Http404
    return number


def pager(number: int, pages: int) -> dict[str, Any]:
    """What components/pager.html shows: first, last and two pages on each side; 0 is a gap."""
    near = [n for n in range(number - 2, number + 3) if 1 <= n <= pages]
    head = [] if near[0] == 1 else [1] if near[0] == 2 else [1, 0]
    tail = [] if near[-1] == pages else [pages] if near[-1] == pages - 1 else [0, pages]
    return {
        "number": number,
        "pages": pages,
        "next": number + 1 if number < pages else None,
        "neighbours": head + near + tail,
    }


def wants_json(request: HttpRequest) -> bool:
    """Whether the caller would rather have JSON than a page."""
    return request.get_preferred_type(["text/html", "application/json"]) == "application/json"


def wants_part(request: HttpRequest) -> bool:
    """Whether a script of ours asks, which puts the answer into a page that is there."""
    return bool(request.headers.get("X-Requested-With") or request.headers.get("HX-Request"))
