"""What was done in the admin."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models

# The address alone may be forgotten.
ACTS_ARE_ONLY_ADDED = """
CREATE FUNCTION forums_adminact_is_only_added_to() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.address IS NULL
        AND (OLD.id, OLD.member_id, OLD.at, OLD.page, OLD.about, OLD.fields, OLD.status)
        IS NOT DISTINCT FROM (NEW.id, NEW.member_id, NEW.at, NEW.page, NEW.about, NEW.fields, NEW.status) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'forums_adminact is append-only: % refused', TG_OP
        USING ERRCODE = 'restrict_violation';  -- an IntegrityError for Django
END
$$;
CREATE TRIGGER admin_act_append_only BEFORE UPDATE OR DELETE ON forums_adminact
    FOR EACH ROW EXECUTE FUNCTION forums_adminact_is_only_added_to();
"""

UNSAID = """
DROP TRIGGER admin_act_append_only ON forums_adminact;
DROP FUNCTION forums_adminact_is_only_added_to();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("forums", "0072_crawlers"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="AdminAct",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(),
                        editable=False,
                        verbose_name="when",
                    ),
                ),
                ("page", models.CharField(max_length=90, verbose_name="which page")),
                ("about", models.CharField(blank=True, max_length=200, verbose_name="about what")),
                (
                    "fields",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=60),
                        default=list,
                        verbose_name="fields that were sent",
                    ),
                ),
                ("status", models.PositiveSmallIntegerField(verbose_name="answer")),
                ("address", models.GenericIPAddressField(null=True, verbose_name="from where")),
                (
                    "member",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="who",
                    ),
                ),
            ],
            options={
                "verbose_name": "act in the admin",
                "verbose_name_plural": "acts in the admin",
                "indexes": [
                    models.Index(fields=["-at", "-id"], name="admin_act_newest"),
                    models.Index(fields=["member", "-at"], name="admin_act_of"),
                    models.Index(
                        condition=models.Q(("address__isnull", False)),
                        fields=["at"],
                        name="admin_act_addressed",
                    ),
                ],
            },
        ),
        migrations.RunSQL(ACTS_ARE_ONLY_ADDED, UNSAID),
    ]
