"""What waits is hidden: looked through, no lock held that anybody waits for."""

from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("forums", "0063_waiting_topics")]

    operations = [
        ValidateConstraint(model_name="post", name="post_held_is_hidden"),
        ValidateConstraint(model_name="topic", name="topic_held_is_hidden"),
    ]
