"""The rule about merged topics, looked at in every row."""

from django.contrib.postgres.operations import ValidateConstraint
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("forums", "0056_acts_on_topics")]

    operations = [ValidateConstraint(model_name="topic", name="topic_merged_somewhere")]
