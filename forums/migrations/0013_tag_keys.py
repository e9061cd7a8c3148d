"""Tags are known by their key: added empty, filled a batch at a time, then promised.

Addresses stay, but for those that did not say the name: of letters of other scripts (/tags/-/), and where three of
one consonant were taken for a word drawn out (แบบบ้าน was at /tags/แบ้าน/). Keys are finer than addresses were, so
no two tags become one. Not one transaction: no table is held longer than a batch takes.
"""

from django.db import migrations, models, transaction

from forums.text.naming import sort_key, tag_key
from forums.text.slugs import slugify

BATCH = 1_000
LENGTH = 80


def fill(apps, schema_editor):
    tags = apps.get_model("forums", "Tag").objects
    while rows := list(tags.filter(key=None).only("name", "slug")[:BATCH]):
        for row in rows:
            row.key = tag_key(row.name)[:LENGTH] or row.slug
            row.sort_key = sort_key(row.name)
        moved = [row for row in rows if row.slug == "-" or row.slug != slugify(row.name)]
        taken = set(tags.filter(slug__in=[row.key for row in moved]).values_list("slug", flat=True))
        for row in moved:
            if row.key not in taken:
                row.slug = row.key
        with transaction.atomic():
            tags.bulk_update(rows, ["key", "slug", "sort_key"])


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("forums", "0012_standard_names")]

    operations = [
        migrations.AddField(
            model_name="tag",
            name="key",
            field=models.CharField(editable=False, max_length=80, null=True, unique=True),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="tag",
            name="key",
            field=models.CharField(editable=False, max_length=80, unique=True),
        ),
        migrations.AddConstraint(
            model_name="tag",
            constraint=models.CheckConstraint(
                condition=models.Q(("key", ""), _negated=True)
                & models.Q(("slug", ""), _negated=True),
                name="tag_has_a_key",
            ),
        ),
    ]
