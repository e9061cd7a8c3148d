"""What an export of a round is made of, drawn once when the round is over."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("forums", "0098_guesses")]

    operations = [
        migrations.AddField(
            model_name="publishedresults", name="dealt", field=models.JSONField(null=True)
        ),
    ]
