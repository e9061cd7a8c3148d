"""What the database itself refuses about networks, whatever the code above it does."""

from django.db import migrations

LIVING_NETWORKS_HAVE_A_COORDINATOR = """
-- Asked when the transaction ends, so that one may hand over within it. The network's row is locked
-- first: of the last two coordinators who leave at once, the second waits, then is the last.
CREATE FUNCTION forums_network_has_a_coordinator() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    asked bigint;
    lives boolean;
BEGIN
    IF TG_TABLE_NAME = 'forums_network' THEN asked := NEW.id; ELSE asked := OLD.network_id; END IF;
    SELECT archived_at IS NULL INTO lives FROM forums_network WHERE id = asked FOR NO KEY UPDATE;
    IF lives AND NOT EXISTS (
        SELECT FROM forums_membership WHERE network_id = asked AND role = 'coordinator'
    ) THEN
        RAISE EXCEPTION 'network % has no coordinator', asked
            USING ERRCODE = 'check_violation', CONSTRAINT = 'network_has_a_coordinator';
    END IF;
    RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER network_keeps_a_coordinator
    AFTER DELETE OR UPDATE OF role, network_id ON forums_membership
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (OLD.role = 'coordinator')
    EXECUTE FUNCTION forums_network_has_a_coordinator();
CREATE CONSTRAINT TRIGGER network_has_a_coordinator
    AFTER INSERT OR UPDATE OF archived_at ON forums_network
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.archived_at IS NULL)
    EXECUTE FUNCTION forums_network_has_a_coordinator();
"""

ANSWERS_ARE_COUNTED = """
-- The counts of an activity follow its answers, whoever writes them; the check constraint on the
-- activity then refuses one past its capacity. The update takes the activity's row lock.
CREATE FUNCTION forums_attendance_is_counted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        UPDATE forums_activity SET
            going_count = going_count - (OLD.answer = 'going')::int,
            waiting_count = waiting_count - (OLD.answer = 'waiting')::int,
            maybe_count = maybe_count - (OLD.answer = 'maybe')::int
        WHERE id = OLD.activity_id;
    END IF;
    IF TG_OP <> 'DELETE' THEN
        UPDATE forums_activity SET
            going_count = going_count + (NEW.answer = 'going')::int,
            waiting_count = waiting_count + (NEW.answer = 'waiting')::int,
            maybe_count = maybe_count + (NEW.answer = 'maybe')::int
        WHERE id = NEW.activity_id;
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER attendance_counted AFTER INSERT OR DELETE OR UPDATE OF answer, activity_id
    ON forums_attendance FOR EACH ROW EXECUTE FUNCTION forums_attendance_is_counted();
"""

HISTORY_IS_ONLY_ADDED = """
CREATE FUNCTION forums_is_only_added_to() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'restrict_violation';  -- an IntegrityError for Django
END
$$;
CREATE TRIGGER happening_append_only BEFORE UPDATE OR DELETE ON forums_happening
    FOR EACH ROW EXECUTE FUNCTION forums_is_only_added_to();
CREATE TRIGGER line_change_append_only BEFORE UPDATE OR DELETE ON forums_linechange
    FOR EACH ROW EXECUTE FUNCTION forums_is_only_added_to();
"""

MEMBERSHIPS_FOLLOW_NAMES = """
-- accounts knows nothing of networks, so the database carries a new name over.
CREATE FUNCTION forums_memberships_follow_name() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE forums_membership SET sort_key = NEW.sort_key WHERE member_id = NEW.id;
    RETURN NULL;
END
$$;
CREATE TRIGGER memberships_follow_name AFTER UPDATE OF sort_key ON accounts_member
    FOR EACH ROW WHEN (OLD.sort_key IS DISTINCT FROM NEW.sort_key)
    EXECUTE FUNCTION forums_memberships_follow_name();

-- One made while its member changes her name waits for the new one: FOR SHARE, not a plain read.
CREATE FUNCTION forums_membership_takes_name() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    SELECT sort_key INTO NEW.sort_key FROM accounts_member WHERE id = NEW.member_id FOR SHARE;
    RETURN NEW;
END
$$;
CREATE TRIGGER membership_takes_name BEFORE INSERT ON forums_membership
    FOR EACH ROW EXECUTE FUNCTION forums_membership_takes_name();
"""


class Migration(migrations.Migration):
    dependencies = [("forums", "0003_networks"), ("accounts", "0002_see_others")]

    operations = [
        migrations.RunSQL(
            LIVING_NETWORKS_HAVE_A_COORDINATOR,
            """
            DROP TRIGGER network_has_a_coordinator ON forums_network;
            DROP TRIGGER network_keeps_a_coordinator ON forums_membership;
            DROP FUNCTION forums_network_has_a_coordinator();
            """,
        ),
        migrations.RunSQL(
            ANSWERS_ARE_COUNTED,
            """
            DROP TRIGGER attendance_counted ON forums_attendance;
            DROP FUNCTION forums_attendance_is_counted();
            """,
        ),
        migrations.RunSQL(
            HISTORY_IS_ONLY_ADDED,
            """
            DROP TRIGGER line_change_append_only ON forums_linechange;
            DROP TRIGGER happening_append_only ON forums_happening;
            DROP FUNCTION forums_is_only_added_to();
            """,
        ),
        migrations.RunSQL(
            MEMBERSHIPS_FOLLOW_NAMES,
            """
            DROP TRIGGER membership_takes_name ON forums_membership;
            DROP FUNCTION forums_membership_takes_name();
            DROP TRIGGER memberships_follow_name ON accounts_member;
            DROP FUNCTION forums_memberships_follow_name();
            """,
        ),
    ]
