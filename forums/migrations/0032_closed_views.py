"""Old versions of networks' views that were closed."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("forums", "0031_posts_in_no_index_of_marks")]

    operations = [
        migrations.AddField(
            model_name="view",
            name="closed_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
    ]
