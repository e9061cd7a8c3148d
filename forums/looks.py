"""The colours and emblems a board (later a network) picks from: dyes and flowers, never a free colour."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Colour(models.TextChoices):
    """Tokens of static/css (`--chaba` …), each checked for contrast in light and dark."""

    CHABA = "chaba", _("Hibiscus red")
    DIN = "din", _("Earth")
    TOEI = "toei", _("Pandan green")
    ANCHAN = "anchan", _("Butterfly pea")
    THALE = "thale", _("Sea")
    KHRAM = "khram", _("Indigo")
    PHLAI = "phlai", _("Turmeric")
    KHRANG = "khrang", _("Lac red")


class Emblem(models.TextChoices):
    """Symbols `#e-…` of templates/components/icons.html."""

    HEART = "heart", _("Heart")
    HOUSE = "house", _("House")
    TREE = "tree", _("Tree")
    WAVES = "waves", _("Waves")
    BOOK = "book", _("Book")
    SMILE = "smile", _("Smile")
    WALKER = "walker", _("Walker")
    WIND = "wind", _("Wind")
    RICE = "rice", _("Rice")
    FISH = "fish", _("Fish")
    HANDS = "hands", _("Hands")
    SUN = "sun", _("Sun")
    BULB = "bulb", _("Light bulb")
    MEGAPHONE = "megaphone", _("Megaphone")
    CHAT = "chat", _("Talk")
    COIN = "coin", _("Money")
