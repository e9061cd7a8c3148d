"""One way out for pictures: whoever may see one gets it, from the web server in front where there is one that sends them."""

from contextlib import suppress

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response

from roypalang.picture_store import StoreAway, picture_store

KEPT = 60 * 60  # seconds: a picture that was taken off is not met for longer
AGAIN = 5  # seconds, after which it is worth asking again for what was away


def stored_picture(
    request: HttpRequest, path: str, *, etag: str = "", is_there: bool = False
) -> HttpResponseBase:
    """The picture at `path`, whose address names it for good; Http404 where there is none, or none any more.

    Browsers and proxies keep it for an hour, then ask again, and mostly hear that theirs is good. A caller that knows
    that it `is_there` spares asking the storage for that. While the storage is away: 503, which nobody keeps.
    """
    etag = etag or f'"{path}"'
    try:
        response = get_conditional_response(request, etag=etag)
        if response is None:
            response = _sent(request, path)
        elif not is_there:
            with suppress(StoreAway):  # hers is good as far as anybody knows
                picture_store().stat(path)
    except FileNotFoundError as error:
        raise Http404 from error
    except StoreAway:
        headers = {"Retry-After": str(AGAIN), "Cache-Control": "no-store"}
        return HttpResponse(status=503, headers=headers)
    response["ETag"] = etag
    response["Cache-Control"] = f"public, max-age={KEPT}"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _sent(request: HttpRequest, path: str) -> HttpResponse:
    store = picture_store()
    if settings.MEDIA_ACCEL:  # asked for behind our back, so the reader never learns where it lies
        inside = store.inside(path, request.method or "GET")
        headers = {"X-Accel-Redirect": f"{settings.MEDIA_ACCEL}/{inside}"}
        return HttpResponse(content_type="image/webp", headers=headers)
    # WebP cannot be made smaller: the gzip middleware need not try.
    request.META["HTTP_ACCEPT_ENCODING"] = "identity"
    return HttpResponse(store.read(path), content_type="image/webp")
