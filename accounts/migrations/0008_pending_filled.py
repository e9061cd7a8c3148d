"""Who signed up before now, has proven no address and was never in, is pending since then. A batch at a time."""

from django.db import migrations
from django.db.models import Exists, F, OuterRef

BATCH = 1_000


def fill(apps, schema_editor):
    addresses = apps.get_model("account", "EmailAddress").objects.filter(user=OuterRef("pk"))
    members, after = apps.get_model("accounts", "Member").objects, 0
    found = members.filter(
        Exists(addresses), ~Exists(addresses.filter(verified=True)), last_login=None, is_staff=False
    )
    while rows := list(
        found.filter(pk__gt=after).order_by("pk").values_list("pk", flat=True)[:BATCH]
    ):
        members.filter(pk__in=rows, last_login=None).update(pending_since=F("created_at"))
        after = rows[-1]


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("accounts", "0007_pending_index"),
        ("account", "0009_emailaddress_unique_primary_email"),
    ]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
