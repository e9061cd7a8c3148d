"""One way out for the pictures of members and networks: whoever has the address, which names it for good, gets it, where the view lets her."""

from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response

KEPT = 60 * 60  # seconds: a picture that was taken off is not met for longer


def stored_picture(request: HttpRequest, path: str) -> HttpResponseBase:
    """The picture at `path` under MEDIA_ROOT; Http404 where there is none, or none any more.

    Browsers and proxies keep it for an hour, then ask again, and mostly hear that theirs is good.
    """
    try:
        with default_storage.open(path) as file:
            found = HttpResponse(file.read(), content_type="image/webp")
    except FileNotFoundError as error:
        raise Http404 from error
    etag = f'"{path}"'  # each picture has an address of its own
    response: HttpResponseBase = get_conditional_response(request, etag=etag) or found
    response["ETag"] = etag
    response["Cache-Control"] = f"public, max-age={KEPT}"
    response["X-Content-Type-Options"] = "nosniff"
    return response
