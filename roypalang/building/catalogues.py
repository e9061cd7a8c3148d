"""The compiled catalogues, locale/**/django.mo: what Django reads, made of the .po files people write.

polib and not gettext's msgfmt, which few machines have: `make run` asks for Python and make alone. What is
fuzzy, or not translated, is left out, as msgfmt does.
"""

from pathlib import Path

LOCALE = Path(__file__).resolve().parent.parent.parent / "locale"


def sources() -> list[Path]:
    """Return the catalogues as people write them."""
    return sorted(LOCALE.rglob("*.po"))


def made() -> dict[Path, bytes]:
    """Return what each compiled catalogue holds."""
    import polib  # here, because most of the time there is nothing to make

    return {
        path.with_suffix(".mo"): polib.pofile(str(path), encoding="utf-8").to_binary()
        for path in sources()
    }
