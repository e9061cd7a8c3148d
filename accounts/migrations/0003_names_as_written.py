"""Three of one consonant are no letter drawn out any more: members of such names get their keys anew.

A batch at a time, of the few there are. Who would have another's handle by the new key keeps the old one.
"""

from django.db import migrations, transaction
from django.db.models import Q

from forums.text.handles import handle_key, skeleton
from forums.text.naming import sort_key

BATCH = 1_000
ONCE_OTHER = r"([ก-ฮ])\.?\1\.?\1"


def fill(apps, schema_editor):
    members, after = apps.get_model("accounts", "Member").objects, 0
    found = members.filter(Q(handle__regex=ONCE_OTHER) | Q(display_name__regex=ONCE_OTHER))
    while rows := list(found.filter(pk__gt=after).order_by("pk")[:BATCH]):
        with transaction.atomic():
            for row in rows:
                keys = {"sort_key": sort_key(row.display_name)}
                key = handle_key(row.handle)
                if not members.filter(handle_key=key).exclude(pk=row.pk).exists():
                    keys |= {"handle_key": key, "handle_skeleton": skeleton(row.handle)}
                members.filter(pk=row.pk).update(**keys)
        after = rows[-1].pk


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("accounts", "0002_see_others")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
