"""Without signal: the worker that keeps what was read lately and sends what was written, and the page it shows."""

from functools import cache
from hashlib import sha256
from json import dumps
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils import translation
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import condition, require_safe

from roypalang.storage import without_comments

SOURCES = settings.BASE_DIR / "static"
WORKER = SOURCES / "js" / "worker"
# What a kept page needs to look and work as it did: our letters, style and scripts, but those of pages not kept.
SHELL = (
    "css/site.css",
    "img/favicon.svg",
    *("js/site.js", "js/offline.js", "js/copy.js", "js/youtube.js"),
    *("fonts/*-thai-*.woff2", "js/offline/*.js"),
)
# What some pages need, kept once one has asked for it: who only reads Thai is not sent the rest.
LATER = ("css/first.css", "fonts/*.woff2", "js/compose/*.js")


@cache
def _worker() -> tuple[str, bytes]:
    """Its version, which changes with whatever it keeps, and its text."""
    files = _addresses(SHELL)
    later = [address for address in _addresses(LATER) if address not in files]
    # Each file in a block: its names are its own.
    source = b"".join(
        b"{\n%b}\n" % without_comments(path.read_bytes()) for path in sorted(WORKER.glob("*.js"))
    )
    with translation.override(
        settings.LANGUAGE_CODE
    ):  # the same in every process, whoever asks first
        page = render_to_string("offline/offline.html")
    version = sha256(dumps([files, later, page]).encode() + source).hexdigest()[:12]
    lists = f"const FILES = {dumps(files)};\nconst LATER = {dumps(later)};\n"
    return version, f'const SHELL = "shell-{version}";\n{lists}'.encode() + source


def _addresses(patterns: tuple[str, ...]) -> list[str]:
    """Where our files of these names are served, in the order of the patterns."""
    found = [path for pattern in patterns for path in sorted(Path(SOURCES).glob(pattern))]
    return [static(path.relative_to(SOURCES).as_posix()) for path in found]


@require_safe
@cache_control(private=True, no_cache=True)
@condition(etag_func=lambda _request: f'"{_worker()[0]}"')
def service_worker(request: HttpRequest) -> HttpResponse:
    """The worker: the files of static/js/worker/ in order of name, after the list of what it is to keep.

    Asked for at every page, so it asks nothing of the database, and is mostly answered by 304.
    """
    response = HttpResponse(_worker()[1], content_type="text/javascript; charset=utf-8")
    response["Service-Worker-Allowed"] = "/"
    return response


@require_safe
@never_cache
def offline(request: HttpRequest) -> HttpResponse:
    """What can be read without signal; shown by the worker in the place of a page that cannot.

    The same for everyone: its list is made by a script of what the device has, its templates are the words scripts say.
    """
    return render(request, "offline/offline.html")


@require_safe
@never_cache
def reader(request: HttpRequest) -> JsonResponse:
    """Who is signed in, and a fresh token for the form she sent without signal."""
    if not request.user.is_authenticated:
        return JsonResponse({"reader": 0})
    return JsonResponse({"reader": request.user.pk, "token": get_token(request)})
