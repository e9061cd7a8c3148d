"""Whom a poll asks stays from its first answer on, but where networks are merged."""

from django.db import migrations

STAYS = """
CREATE FUNCTION forums_pollnetwork_stays_as_answered() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF coalesce(current_setting('forums.networks_merge', true), '') <> 'on'
        AND EXISTS (SELECT FROM forums_poll p
            WHERE p.voted_at IS NOT NULL AND p.id IN (OLD.poll_id, NEW.poll_id)) THEN
        RAISE EXCEPTION 'forums_pollnetwork: the poll was answered'
            USING ERRCODE = 'restrict_violation';  -- an IntegrityError for Django
    END IF;
    RETURN coalesce(NEW, OLD);
END
$$;
CREATE TRIGGER pollnetwork_stays_as_answered BEFORE INSERT OR UPDATE OR DELETE ON forums_pollnetwork
    FOR EACH ROW EXECUTE FUNCTION forums_pollnetwork_stays_as_answered();
"""

UNSAID = """
DROP TRIGGER pollnetwork_stays_as_answered ON forums_pollnetwork;
DROP FUNCTION forums_pollnetwork_stays_as_answered();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("forums", "0104_polls_told_a_step_later"),
    ]

    operations = [migrations.RunSQL(STAYS, UNSAID)]
