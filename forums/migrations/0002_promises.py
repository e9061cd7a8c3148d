"""Promises Django's own constraints cannot make: what the database itself refuses."""

from django.db import migrations

DECISIONS_ARE_ONLY_ADDED = """
-- Decisions are only ever added: who moderates cannot unsay what she decided.
CREATE FUNCTION forums_decision_is_only_added_to() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'forums_decision is append-only: % refused', TG_OP
        USING ERRCODE = 'restrict_violation';  -- an IntegrityError for Django
END
$$;
CREATE TRIGGER decision_append_only BEFORE UPDATE OR DELETE ON forums_decision
    FOR EACH ROW EXECUTE FUNCTION forums_decision_is_only_added_to();
"""

REPLIES_STAND_IN_THEIR_THREAD = """
-- A reply stands in the thread of its root: same topic, same number of the comment; its parent too.
-- (MATCH SIMPLE: a comment, whose root and parent are NULL, is not asked. Deferred like Django's own.)
ALTER TABLE forums_post ADD CONSTRAINT post_place UNIQUE (id, topic_id, number);
ALTER TABLE forums_post ADD CONSTRAINT post_root_in_thread
    FOREIGN KEY (root_id, topic_id, number) REFERENCES forums_post (id, topic_id, number)
    DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE forums_post ADD CONSTRAINT post_parent_in_thread
    FOREIGN KEY (parent_id, topic_id, number) REFERENCES forums_post (id, topic_id, number)
    DEFERRABLE INITIALLY DEFERRED;
"""

BOARDS_HAVE_TWO_LEVELS = """
-- Boards have two levels: who stands in a board stands at level 1, and only level 0 takes rooms.
ALTER TABLE forums_board
    ADD COLUMN level smallint GENERATED ALWAYS AS (CASE WHEN parent_id IS NULL THEN 0 ELSE 1 END) STORED,
    ADD COLUMN parent_level smallint GENERATED ALWAYS AS (CASE WHEN parent_id IS NOT NULL THEN 0 END) STORED;
ALTER TABLE forums_board ADD CONSTRAINT board_level UNIQUE (id, level);
ALTER TABLE forums_board ADD CONSTRAINT board_two_levels
    FOREIGN KEY (parent_id, parent_level) REFERENCES forums_board (id, level)
    DEFERRABLE INITIALLY DEFERRED;
"""


class Migration(migrations.Migration):
    dependencies = [("forums", "0001_start")]

    operations = [
        migrations.RunSQL(
            DECISIONS_ARE_ONLY_ADDED,
            """
            DROP TRIGGER decision_append_only ON forums_decision;
            DROP FUNCTION forums_decision_is_only_added_to();
            """,
        ),
        migrations.RunSQL(
            REPLIES_STAND_IN_THEIR_THREAD,
            """
            ALTER TABLE forums_post DROP CONSTRAINT post_parent_in_thread,
                DROP CONSTRAINT post_root_in_thread, DROP CONSTRAINT post_place;
            """,
        ),
        migrations.RunSQL(
            BOARDS_HAVE_TWO_LEVELS,
            """
            ALTER TABLE forums_board DROP CONSTRAINT board_two_levels, DROP CONSTRAINT board_level,
                DROP COLUMN level, DROP COLUMN parent_level;
            """,
        ),
    ]
