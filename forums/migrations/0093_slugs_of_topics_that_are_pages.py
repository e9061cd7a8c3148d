"""A topic called "Feed" stood at the address of its own feed: its address gets a number."""

from django.db import migrations

OWN_PAGES = (
    "by", "clarify", "common", "delete", "edit", "facts", "feed", "held", "polls", "reply", "synthesis", "undelete",
)  # fmt: skip


# Safe: a title that is just one of these words is rare.
def number_them(apps, schema_editor):
    topics = apps.get_model("forums.Topic").objects
    for word in OWN_PAGES:
        topics.filter(slug=word).update(slug=f"{word}-1")


class Migration(migrations.Migration):
    dependencies = [("forums", "0092_statements_and_polls_of_a_topic")]

    operations = [migrations.RunPython(number_them, migrations.RunPython.noop, elidable=True)]
