"""What was found most useful so far, a batch at a time. The index of it is still there, and answers each row at once."""

from django.db import migrations, transaction

BATCH = 1_000
NEXT = "SELECT max(id) FROM (SELECT id FROM forums_topicnetwork WHERE id > %s ORDER BY id LIMIT %s) its"
FILL = """
    UPDATE forums_topicnetwork v SET most_useful = ARRAY(
        SELECT p.id FROM forums_post p
        WHERE p.topic_id = v.topic_id AND p.network_id = v.network_id AND p.number > 0
            AND p.hidden_at IS NULL AND p.deleted_at IS NULL
        ORDER BY p.useful_count DESC, p.id LIMIT 3)
    WHERE v.id > %s AND v.id <= %s AND v.post_count > 0
"""


def fill(apps, schema_editor):
    after = 0
    while True:
        with transaction.atomic(), schema_editor.connection.cursor() as cursor:
            cursor.execute(NEXT, [after, BATCH])
            last = cursor.fetchone()[0]
            if last is None:
                return
            cursor.execute(FILL, [after, last])
        after = last


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("forums", "0029_most_useful_of_a_network")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
