"""The picture a link shows elsewhere, for chats and networks that fetch it: no session is looked at."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from forums.base.rate_limits import hold_light_pace
from forums.sharing.keeping import drawn, kept
from forums.sharing.registry import sketch_of
from forums.sharing.sketches import Sketch
from roypalang.pictures import BusyWithPictures

# Its address names what is drawn, so it never changes; for how long one that was hidden since is met elsewhere.
KEPT = 24 * 60 * 60  # seconds


@require_safe
def picture(request: HttpRequest, kind: str, pk: int, content: str = "") -> HttpResponseBase:
    """The picture of a thing a visitor may read, asked anew on every GET; from an old key, or none, to today's."""
    sketch = sketch_of(kind, pk)
    if sketch is None:
        raise Http404
    if content != sketch.key:
        answer: HttpResponseBase = redirect(sketch.address(kind, pk))
        answer["Cache-Control"] = "no-cache"
        return answer
    etag = f'"{content}"'
    answer = get_conditional_response(request, etag=etag) or _sent(request, sketch)
    if answer.status_code == 503:
        return answer
    answer["ETag"] = etag
    answer["Cache-Control"] = f"public, max-age={KEPT}, immutable"
    return answer


def _sent(request: HttpRequest, sketch: Sketch) -> HttpResponse:
    """The picture as it was drawn before, or now if there is room for that: else 503, and it may be asked again."""
    found = kept(sketch.key)
    if found is None:
        hold_light_pace(request, "drawing", by_address=True)
        try:
            found = drawn(sketch)
        except BusyWithPictures:
            return HttpResponse(
                status=503, headers={"Retry-After": "5", "Cache-Control": "no-store"}
            )
    return HttpResponse(found, content_type="image/png")
