"""A browser's long name for itself, as people call it: Chrome on Android."""

from django.utils.translation import gettext as _

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
