"""Money kept in lines: a document proves one of them, a form sent twice is one, a file waits to be confirmed."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("forums", "0035_register_act"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="LineImport",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("file_name", models.CharField(max_length=120)),
                ("rows", models.JSONField()),
                (
                    "created_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now()),
                ),
            ],
        ),
        migrations.RemoveIndex(
            model_name="line",
            name="ledger_newest",
        ),
        migrations.AlterField(
            model_name="line",
            name="flow",
            field=models.CharField(
                choices=[("income", "Income"), ("expense", "Expense")],
                max_length=7,
                verbose_name="income or expense",
            ),
        ),
        migrations.AddField(
            model_name="line",
            name="submission",
            field=models.UUIDField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="linechange",
            name="network",
            field=models.ForeignKey(
                db_index=False,
                default=0,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="forums.network",
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="linechange",
            name="stands_for",
            field=models.PositiveIntegerField(default=1),
        ),
        migrations.AlterField(
            model_name="line",
            name="document",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="ledger_line",
                to="forums.attachment",
            ),
        ),
        migrations.AddIndex(
            model_name="line",
            index=models.Index(
                condition=models.Q(("deleted_at", None)),
                fields=["network", "-date", "-id"],
                name="ledger_newest",
            ),
        ),
        migrations.AddIndex(
            model_name="line",
            index=models.Index(
                condition=models.Q(("deleted_at", None)),
                fields=["network", "date"],
                include=("flow", "amount"),
                name="ledger_years",
            ),
        ),
        migrations.AddIndex(
            model_name="linechange",
            index=models.Index(
                condition=models.Q(("stands_for__gt", 0)),
                fields=["network", "-id"],
                name="ledger_changes_newest",
            ),
        ),
        migrations.AddConstraint(
            model_name="line",
            constraint=models.UniqueConstraint(
                fields=("network", "submission"), name="ledger_submitted_once"
            ),
        ),
        migrations.AddField(
            model_name="lineimport",
            name="author",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="lineimport",
            name="network",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="forums.network"
            ),
        ),
    ]
