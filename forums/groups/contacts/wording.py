"""How a contact and a duty are shown."""

from datetime import date

from django.utils.translation import gettext as _

from forums.text import dates


def term(since: date | None, until: date | None) -> str:
    """From when and until when somebody holds a duty, in words; '' where nobody said."""
    words = {
        "since": dates.day_of(since) if since else "",
        "until": dates.day_of(until) if until else "",
    }
    if since and until:
        return _("%(since)s to %(until)s") % words
    if since:
        return _("since %(since)s") % words
    return _("until %(until)s") % words if until else ""


def contact_url(value: str) -> str:
    """Where a contact leads when it is pressed: a telephone, a letter, a page; '' for anything else."""
    bare = value.strip()
    if bare.startswith(("https://", "http://")):
        return bare
    if " " not in bare and "/" not in bare and bare.count("@") == 1 and "." in bare.split("@")[1]:
        return f"mailto:{bare}"
    digits = "".join(letter for letter in bare if letter.isdigit() or letter == "+")
    if 9 <= len(digits) <= 13 and not set(bare) - set("0123456789+-() ."):
        return f"tel:{digits}"
    return ""
