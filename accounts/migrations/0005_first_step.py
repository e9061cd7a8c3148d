"""When a member closed home's line about her first step."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0004_language")]

    operations = [
        migrations.AddField(
            "member", "first_step_closed_at", models.DateTimeField(editable=False, null=True)
        ),
    ]
