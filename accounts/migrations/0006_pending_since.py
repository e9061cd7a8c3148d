"""Who has proven no address yet."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0005_first_step")]

    operations = [
        migrations.AddField(
            "member", "pending_since", models.DateTimeField(editable=False, null=True)
        ),
    ]
