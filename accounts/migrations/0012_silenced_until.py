"""Until when a member only reads."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0011_bounces"),
    ]

    operations = [
        migrations.AddField(
            model_name="member",
            name="silenced_until",
            field=models.DateTimeField(editable=False, null=True),
        ),
    ]
