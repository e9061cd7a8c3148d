"""What views have in common: who may knock, and how a form comes to an action and is answered."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache, wraps
from typing import TYPE_CHECKING, Any, Concatenate, cast

from django.contrib.auth.views import redirect_to_login
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponseBase, QueryDict
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from forums.base.drafts import open_with_draft, sending
from forums.base.errors import ForumError

if TYPE_CHECKING:
    from accounts.models import Member

WRITES = ["GET", "HEAD", "POST"]


class MemberRequest(HttpRequest):
    """The request of a member: what a view gets that lets nobody else in."""

    user: "Member"


def signed_in[**P](
    view: Callable[Concatenate[MemberRequest, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """Only for members. A visitor is sent to sign in; who sent a form gets her text back instead
    (`AnswerRefusals`)."""

    @wraps(view)
    def door(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if request.user.is_authenticated:
            return view(cast(MemberRequest, request), *args, **kwargs)
        return redirect_to_login(request.get_full_path())

    return door


def posted(request: HttpRequest) -> tuple[Any, Any]:
    """What fills a form in, `Form(*posted(request))`: fields and files; nothing where none was sent."""
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def fill(form: BaseForm, **values: str) -> None:
    """Show a sent form again with these values in the place of what was sent; all else stays as typed."""
    data = cast(QueryDict, form.data).copy()
    for name, value in values.items():
        data[name] = value
    form.data = data


def refuse(form: BaseForm, error: ForumError) -> int:
    """Put a refusal above the form, with what was typed still in it; returns the HTTP status."""
    form.add_error(None, str(error.message))
    return error.status


class Submission[Made]:
    """A form on its way to an action: `done`, else to be shown (again) with `status`.

        form = CancelForm(*posted(request))
        sent = Submission(form, lambda data: cancel(member=request.user, reason=data["reason"]))
        if sent.done:
            return redirect(sent.made)
        return render(request, "cancel.html", {"form": form}, status=sent.status)

    Not sent yet it is 200, filled in wrongly 400; what the action refuses stands above the form.
    """

    done = False
    status = 200
    refusal: ForumError | None = None
    made: Made  # what the action returned, when it is done

    def __init__(
        self,
        form: BaseForm,
        write: Callable[[dict[str, Any]], Made],
        *,
        passing: type[ForumError] | tuple[type[ForumError], ...] = (),
        refuse: Callable[[Any, ForumError], int] = refuse,
        drafts_of: HttpRequest | None = None,
    ) -> None:
        """`write` is given the clean values and calls the action.

        A refusal that is `passing` gets the page of errors, which gives the typed text back:
        NotAllowed, where the form's own page shows what she may no longer see.
        `drafts_of` is the request, where the form keeps drafts (`forums.base.drafts`).
        """
        if not form.is_bound:
            if drafts_of is not None:
                open_with_draft(drafts_of, form)
            return
        if not form.is_valid():
            self.status = 400
            return
        try:
            with sending(drafts_of):
                self.made = write(form.cleaned_data)
        except passing:
            raise
        except ForumError as error:
            self.refusal, self.status = error, refuse(form, error)
        else:
            self.done = True


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


@dataclass(frozen=True, slots=True)
class Pager:
    """A page among numbered ones, as components/pager.html shows it."""

    number: int
    pages: int
    next: int | None
    neighbours: tuple[int, ...]  # first, last and two on each side; 0 is a gap

    @property
    def printed(self) -> SafeString:
        """The same wherever it stands: many a topic has as many pages."""
        return _printed(self, get_language() or "")


@lru_cache(maxsize=512)
def _printed(pager: Pager, _language: str) -> SafeString:
    return render_to_string("components/pager.html", {"pager": pager})


def pager(number: int, pages: int) -> Pager:
    """The pages to choose from beside page `number` of `pages`."""
    near = [n for n in range(number - 2, number + 3) if 1 <= n <= pages]
    head = [] if near[0] == 1 else [1] if near[0] == 2 else [1, 0]
    tail = [] if near[-1] == pages else [pages] if near[-1] == pages - 1 else [0, pages]
    return Pager(
        number=number,
        pages=pages,
        next=number + 1 if number < pages else None,
        neighbours=(*head, *near, *tail),
    )


def place_asked(request: HttpRequest, name: str, *, digits: int = 9) -> int:
    """The number asked for by this name, 0 where there is none; raises Http404 for what is no number, or a longer one."""
    asked = request.GET.get(name, "")
    if asked and not (asked.isascii() and asked.isdigit() and len(asked) <= digits):
        raise Http404
    return int(asked or 0)


def wants_json(request: HttpRequest) -> bool:
    """Whether the caller would rather have JSON than a page."""
    return request.get_preferred_type(["text/html", "application/json"]) == "application/json"


def wants_part(request: HttpRequest) -> bool:
    """Whether a script of ours asks, which puts the answer into a page that is there."""
    return bool(request.headers.get("X-Requested-With") or request.headers.get("HX-Request"))
