"""Tags and boards get what their names are sorted by: added empty, filled a batch at a time, then promised.

Not one transaction: no table is held longer than a batch takes.
"""

from django.db import migrations, models, transaction

from forums.text.naming import sort_key

BATCH = 1_000


def fill(apps, schema_editor):
    for name in ("Tag", "Board"):
        model = apps.get_model("forums", name)
        while rows := list(model.objects.filter(sort_key=None).only("name")[:BATCH]):
            for row in rows:
                row.sort_key = sort_key(row.name)
            with transaction.atomic():
                model.objects.bulk_update(rows, ["sort_key"])


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("forums", "0009_titles_without_words"),
    ]

    operations = [
        migrations.AddField(
            model_name="board",
            name="sort_key",
            field=models.TextField(db_collation="C", editable=False, null=True),
        ),
        migrations.AddField(
            model_name="tag",
            name="sort_key",
            field=models.TextField(db_collation="C", editable=False, null=True),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="board",
            name="sort_key",
            field=models.TextField(db_collation="C", editable=False),
        ),
        migrations.AlterField(
            model_name="tag",
            name="sort_key",
            field=models.TextField(db_collation="C", editable=False),
        ),
        migrations.AddConstraint(
            model_name="board",
            constraint=models.CheckConstraint(
                condition=models.Q(("sort_key", ""), _negated=True), name="board_has_a_sort_key"
            ),
        ),
        migrations.AddConstraint(
            model_name="tag",
            constraint=models.CheckConstraint(
                condition=models.Q(("sort_key", ""), _negated=True), name="tag_has_a_sort_key"
            ),
        ),
        migrations.AddIndex(
            model_name="board",
            index=models.Index(fields=["sort_key", "id"], name="board_by_name"),
        ),
        migrations.AddIndex(
            model_name="tag",
            index=models.Index(fields=["sort_key", "id"], name="tag_by_name"),
        ),
        migrations.RemoveIndex(model_name="tag", name="tag_most_used"),
        migrations.AddIndex(
            model_name="tag",
            index=models.Index(fields=["-topic_count", "sort_key"], name="tag_most_used"),
        ),
    ]
