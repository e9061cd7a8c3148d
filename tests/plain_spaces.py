"""Messages and dates as people write them, with ordinary spaces."""

from typing import Any

from django.utils.translation import trans_real
from django.utils.translation.trans_real import DjangoTranslation

from forums.text import dates
from roypalang.building.catalogues import NO_BREAK


def plain_spaces() -> None:
    """Let tests say Thai messages as the catalogue does, and dates as they are read. Which spaces hold a line
    together is for tests/roypalang/test_building.py and tests/text/test_dates.py, and no other test.
    """
    dates.JOINT = " "
    merge = DjangoTranslation.merge

    def merged(self: DjangoTranslation, other: Any) -> None:
        merge(self, other)
        for messages in self._catalog._catalogs:
            for key, text in messages.items():
                if isinstance(text, str) and NO_BREAK in text:
                    messages[key] = text.replace(NO_BREAK, " ")

    DjangoTranslation.merge = merged
    trans_real._translations.clear()  # what was read while the settings were
    trans_real._default = None
