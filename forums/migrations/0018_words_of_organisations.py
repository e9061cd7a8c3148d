"""Organisations get the words they are found by, a batch at a time: no table is held longer than one takes."""

from django.db import migrations, transaction

from forums.text.thai import tsvector

BATCH = 1_000


def fill(apps, schema_editor):
    organisations = apps.get_model("forums", "Organisation").objects
    while rows := list(organisations.filter(search_words=None).only("name", "about")[:BATCH]):
        for row in rows:
            row.search_words = tsvector([("A", row.name), ("D", row.about)])
        with transaction.atomic():
            organisations.bulk_update(rows, ["search_words"])


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("forums", "0017_organisations_moderated_merges_undone")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
