"""What programs ask for: is it alive, is it ready, how it is installed."""

from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.utils import timezone, translation
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_safe

from forums.vitals.readiness import hindrances, worries
from roypalang.keeper import is_keeper


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return HttpResponse("ok", content_type="text/plain")


@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """Whether pages are served: 503 where the database is away or behind the code. More only for the machine's keeper."""
    with translation.override("en"):  # as all that machines and commands say
        found = hindrances()
        status, said = (503, ["not ready"]) if found else (200, ["ok"])
        if is_keeper(request):
            said += [f"{fault.name}: {fault.words}" for fault in found or worries()]
    answer = HttpResponse("\n".join(said), status=status, content_type="text/plain; charset=utf-8")
    answer._has_been_logged = True  # type: ignore[attr-defined] # it is asked for every few seconds
    add_never_cache_headers(answer)
    return answer


@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """Where one tells of a hole (RFC 9116). It says itself until when it may be believed: for half a year."""
    expires = (timezone.now() + timedelta(days=180)).replace(microsecond=0)
    lines = [
        f"Contact: mailto:{settings.CONTACT_EMAIL}",
        f"Contact: {settings.SITE_URL}/contact/",
        f"Expires: {expires.isoformat()}",
        "Preferred-Languages: th, en",
        f"Canonical: {settings.SITE_URL}/.well-known/security.txt",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
def manifest(request: HttpRequest) -> JsonResponse:
    """So that a telephone can keep the site among its apps."""
    icons = [
        {"src": static(f"img/{name}.png"), "sizes": size, "type": "image/png", "purpose": purpose}
        for name, size, purpose in (
            ("icon-192", "192x192", "any"),
            ("icon-512", "512x512", "any"),
            ("icon-maskable-512", "512x512", "maskable"),
        )
    ]
    return JsonResponse(
        {
            "id": "/",
            "name": settings.SITE_NAME,
            "short_name": settings.SITE_NAME,
            "description": "ชุมชนเปิดของผู้คนและองค์กรที่ทำเรื่องเดียวกัน",
            "lang": "th",
            "dir": "ltr",
            "start_url": "/",
            "scope": "/",
            "display": "standalone",
            "categories": ["social"],
            "background_color": "#fdfcf6",
            "theme_color": "#fdfcf6",
            "color_scheme_dark": {"background_color": "#13172a", "theme_color": "#13172a"},
            "icons": icons,
            "shortcuts": [
                {"name": name, "url": url}
                for name, url in (
                    ("ยังไม่อ่าน", "/unread/"),
                    ("การแจ้งเตือน", "/notifications/"),
                    ("ค้นหา", "/search/"),
                    ("อ่านเมื่อไม่มีสัญญาณ", "/offline/"),
                )
            ],
        },
        content_type="application/manifest+json",
        json_dumps_params={"ensure_ascii": False},
    )


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """For what asks without reading the page first."""
    return redirect(static("img/icon-192.png"))
