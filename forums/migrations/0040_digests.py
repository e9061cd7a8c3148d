"""How far the digests of a day have come."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("forums", "0039_mail_wishes")]

    operations = [
        migrations.CreateModel(
            name="DigestRun",
            fields=[
                ("day", models.DateField(primary_key=True, serialize=False)),
                ("weekly", models.BooleanField()),
                ("after", models.BigIntegerField(default=0)),
                ("done_at", models.DateTimeField(null=True)),
            ],
        ),
    ]
