"""What of a request stands in its line."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse

from forums.base.from_where import asked_from

_NOT_SAID = frozenset(("csrfmiddlewaretoken", "submission", "sure"))
_NAMES = (
    "object_id",
    "pk",
    "case",
    "look",
    "act",
)  # what addresses of the admin call what they are about


def told_of(request: HttpRequest, response: HttpResponse) -> dict[str, Any]:
    """The arguments of `actions.record` but who it was."""
    found = request.resolver_match
    kwargs = found.kwargs if found else {}
    about = [f"{name}={kwargs[name]}" for name in kwargs if name in _NAMES]
    about += [f"ids={ids}" for ids in (request.GET.get("ids"),) if ids]
    about += [f"ids={','.join(ids)}" for ids in (request.POST.getlist("_selected_action"),) if ids]
    about += [f"do={do}" for do in (request.POST.get("action"),) if do]
    return {
        "page": found.view_name if found else request.path_info,
        "about": " ".join(about).replace("\0", ""),
        "fields": _fields(request),
        "status": response.status_code,
        "address": asked_from(request),
    }


def _fields(request: HttpRequest) -> Sequence[str]:
    sent = {name.replace("\0", "") for name in request.POST if name not in _NOT_SAID}
    return sorted(sent | {name.replace("\0", "") for name in request.FILES})
