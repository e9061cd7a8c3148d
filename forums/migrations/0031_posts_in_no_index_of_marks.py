"""A mark is written into no index of its post any more: what was found most useful is remembered."""

from django.contrib.postgres.operations import RemoveIndexConcurrently
from django.db import migrations


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("forums", "0030_most_useful_filled")]

    operations = [RemoveIndexConcurrently("post", "post_voice_useful")]
