"""A topic says on its own row whether somebody who is named in it has replied."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("forums", "0068_concealed_passages"),
    ]

    operations = [
        migrations.AddField(
            model_name="topic",
            name="clarified_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
    ]
