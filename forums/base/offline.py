"""Which pages a reader's own device may keep, to be read on where there is no signal."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponseBase

KEEP = "X-Keep"


def readable_offline[**P](view: Callable[P, HttpResponseBase]) -> Callable[P, HttpResponseBase]:
    """A page that its reader may keep on her device (`static/js/worker/pages.js`).

    The answer says whose it is: a device keeps pages of one reader, and none that does not say so. What is asked for
    anew whenever it is looked at (settings, drafts, notifications, messages, forms, the admin) is never marked.
    """

    @wraps(view)
    def door(*args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        request, response = args[0], view(*args, **kwargs)
        assert isinstance(request, HttpRequest)  # noqa: S101 - the first of a view's arguments
        if response.status_code == 200:
            response.headers[KEEP] = str(request.user.pk or 0)
        return response

    return door
