"""One of each kind a wording, where there was one a wording."""

from django.db import migrations, models

NEW = models.UniqueConstraint(
    condition=models.Q(("withdrawn_at", None)),
    fields=("member", "kind", "version"),
    name="consent_once_a_kind",
)


class Migration(migrations.Migration):
    atomic = False  # concurrently: who signs up meanwhile waits for nothing

    dependencies = [
        ("accounts", "0015_consent_checked"),
    ]

    operations = [
        migrations.RunSQL(
            "CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS consent_once_a_kind "
            "ON accounts_consent (member_id, kind, version) WHERE withdrawn_at IS NULL",
            "DROP INDEX CONCURRENTLY IF EXISTS consent_once_a_kind",
            state_operations=[migrations.AddConstraint("consent", NEW)],
        ),
        migrations.RunSQL(
            "DROP INDEX CONCURRENTLY IF EXISTS consent_once_a_version",
            "CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS consent_once_a_version "
            "ON accounts_consent (member_id, version) WHERE withdrawn_at IS NULL",
            state_operations=[migrations.RemoveConstraint("consent", "consent_once_a_version")],
        ),
    ]
