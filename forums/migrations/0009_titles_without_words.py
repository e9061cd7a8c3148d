"""Topics find each other by the index of every post: a column and an index of titles alone can go."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("forums", "0008_related_topics"),
    ]

    operations = [
        migrations.RemoveIndex(model_name="topic", name="topic_title_words"),
        migrations.RemoveField(model_name="topic", name="title_words"),
    ]
