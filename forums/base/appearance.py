"""The colours and emblems a board or a network picks from: dyes and flowers, never a free colour."""

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
    SPROUT = "sprout", _("Sprout")
    WAVES = "waves", _("Waves")
    DROP = "drop", _("Drop of water")
    FISH = "fish", _("Fish")
    RICE = "rice", _("Rice")
    SUN = "sun", _("Sun")
    WIND = "wind", _("Wind")
    BOOK = "book", _("Book")
    BULB = "bulb", _("Light bulb")
    HANDS = "hands", _("Hands")
    SMILE = "smile", _("Smile")
    WALK = "walk", _("Walker")
    TALK = "talk", _("Talk")
    HORN = "horn", _("Megaphone")
    COINS = "coins", _("Money")
    SCALES = "scales", _("Scales")
    BUD = "bud", _("Jasmine bud")
