"""What we know of a browser: what people call it (Chrome on Android), and which accounts were signed in to from it."""

import re
import secrets

from django.http import HttpRequest, HttpResponseBase
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from accounts.display import A_YEAR
from accounts.models import Member

_COOKIE, _SEEN = "known", "seen"
_ACCOUNTS = 5  # a telephone is shared by a family, a computer by a library
# The browser's own name, made by chance, and a mark for each account.
_AS_WE_WRITE_IT = re.compile(r"[\w-]{16}(?:\.[0-9a-f]{32})+", re.ASCII)

# The first that is found speaks: Edge calls itself Chrome too, and Chrome calls itself Safari.
_BROWSERS = [
    ("LINE/", "LINE"),
    ("Line/", "LINE"),
    ("FBAN/", "Facebook"),
    ("FBAV/", "Facebook"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("EdgA/", "Edge"),
    ("EdgiOS/", "Edge"),
    ("Edg/", "Edge"),
    ("OPR/", "Opera"),
    ("FxiOS/", "Firefox"),
    ("Firefox/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
]
_SYSTEMS = [
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("CrOS", "ChromeOS"),
    ("Macintosh", "Mac"),
    ("Linux", "Linux"),
]


def describe(user_agent: str) -> str:
    """What to call a device, from its User-Agent header; a kind word when it says nothing we know."""
    browser = next((name for sign, name in _BROWSERS if sign in user_agent), "")
    system = next((name for sign, name in _SYSTEMS if sign in user_agent), "")
    if browser and system:
        return _("%(browser)s on %(system)s") % {"browser": browser, "system": system}
    return browser or system or _("a device we do not know")


def known_as(request: HttpRequest, member: Member) -> str:
    """The name of this browser, where it was signed in to this account with the password it has now; else ''.

    It opens nothing: it says whose wrong passwords are counted together (`accounts.adapter`).
    """
    device, marks = _read(request)
    mark = _mark(device, member)
    return device if any(constant_time_compare(mark, each) for each in marks) else ""


def is_new_to(request: HttpRequest, member: Member) -> bool:
    """Whether nobody has signed in to this account from this browser before, whatever password it had then."""
    device, marks = _read(request, _SEEN)
    mark = _mark_of_seen(device, member)
    seen = any(constant_time_compare(mark, each) for each in marks)
    return not (seen or known_as(request, member))


def remember_device(request: HttpRequest, response: HttpResponseBase, member: Member) -> None:
    """Let this browser be known to the account that was just signed in to, for a year or until its password changes;
    that it was seen outlives the password: a letter says of new ones (`is_new_to`)."""
    device, marks = _read(request)
    device = device or secrets.token_urlsafe(12)
    _keep(request, response, _COOKIE, [device, _mark(device, member), *marks])
    device, marks = _read(request, _SEEN)
    device = device or secrets.token_urlsafe(12)
    _keep(request, response, _SEEN, [device, _mark_of_seen(device, member), *marks])


def _keep(
    request: HttpRequest, response: HttpResponseBase, cookie: str, names_and_marks: list[str]
) -> None:
    newest = list(dict.fromkeys(names_and_marks))[: _ACCOUNTS + 1]
    response.set_cookie(
        cookie,
        ".".join(newest),
        max_age=A_YEAR,
        path="/accounts/",
        secure=request.is_secure(),
        httponly=True,
        samesite="Lax",
    )


def _read(request: HttpRequest, cookie: str = _COOKIE) -> tuple[str, list[str]]:
    value = request.COOKIES.get(cookie, "")
    device, *marks = value.split(".") if _AS_WE_WRITE_IT.fullmatch(value) else [""]
    return device, marks


def _mark(device: str, member: Member) -> str:
    """Bound to the password: whoever once came in by an old one is a stranger again. Names nobody to who reads it."""
    about = f"{device}:{member.pk}:{member.password}"
    return salted_hmac("accounts.devices", about, algorithm="sha256").hexdigest()[:32]


def _mark_of_seen(device: str, member: Member) -> str:
    about = f"{device}:{member.pk}"
    return salted_hmac("accounts.devices.seen", about, algorithm="sha256").hexdigest()[:32]
