"""Crawlers by the name they give themselves, and a list to begin with."""

import django.db.models.functions.datetime
import django.db.models.functions.text
from django.db import migrations, models

# What a new site begins with: search engines and previews of links are readers; who sells what it gathers is slowed.
ALLOWED = (
    "Applebot", "Bingbot", "DuckDuckBot", "facebookexternalhit", "Googlebot", "LineBot", "Twitterbot", "archive.org_bot",
)  # fmt: skip
SLOWED = {
    "AhrefsBot": 30, "Amazonbot": 30, "Baiduspider": 10, "Bytespider": 60, "CCBot": 60, "DotBot": 30, "GPTBot": 60,
    "meta-externalagent": 60, "MJ12bot": 30, "PerplexityBot": 60, "PetalBot": 30, "SemrushBot": 30, "YandexBot": 10,
}  # fmt: skip
REFUSED = ("scrapy", "python-requests", "Go-http-client")


# Safe: two dozen rows, of a table that was made a moment ago.
def first(apps, schema_editor):
    crawlers = apps.get_model("forums.Crawler").objects
    for sign in ALLOWED:
        crawlers.create(sign=sign, treatment="allowed", seconds=0)
    for sign, seconds in SLOWED.items():
        crawlers.create(sign=sign, treatment="slowed", seconds=seconds)
    for sign in REFUSED:
        crawlers.create(sign=sign, treatment="refused", seconds=0)


class Migration(migrations.Migration):
    dependencies = [
        ("forums", "0071_privacy_acts"),
    ]

    operations = [
        migrations.CreateModel(
            name="Crawler",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sign", models.CharField(max_length=60, verbose_name="name in its User-Agent")),
                (
                    "treatment",
                    models.CharField(
                        choices=[
                            ("allowed", "allowed, as readers are"),
                            ("slowed", "slowed: one request in so many seconds"),
                            ("refused", "refused: it reads nothing here"),
                        ],
                        max_length=8,
                        verbose_name="what becomes of it",
                    ),
                ),
                (
                    "seconds",
                    models.PositiveSmallIntegerField(
                        default=0, verbose_name="seconds between two requests"
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="note")),
                (
                    "created_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="since",
                    ),
                ),
            ],
            options={
                "verbose_name": "crawler",
                "verbose_name_plural": "crawlers",
                "ordering": ("sign",),
                "constraints": [
                    models.UniqueConstraint(
                        django.db.models.functions.text.Lower("sign"), name="crawler_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("sign", ""), _negated=True), name="crawler_has_a_sign"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("treatment__in", ["allowed", "slowed", "refused"])),
                        name="crawler_treatment_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("seconds__range", (1, 3600)), ("treatment", "slowed")),
                            models.Q(
                                models.Q(("treatment", "slowed"), _negated=True), ("seconds", 0)
                            ),
                            _connector="OR",
                        ),
                        name="crawler_slowed_by_seconds",
                    ),
                ],
            },
        ),
        migrations.RunPython(first, migrations.RunPython.noop),
    ]
