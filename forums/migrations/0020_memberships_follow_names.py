"""A membership's place in the list of members follows its member's name, whoever changes it."""

from django.db import migrations

FOLLOWS = """
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
    dependencies = [("forums", "0030_ledger_keeping"), ("accounts", "0002_see_others")]

    operations = [
        migrations.RunSQL(
            FOLLOWS,
            """
            DROP TRIGGER membership_takes_name ON forums_membership;
            DROP FUNCTION forums_membership_takes_name();
            DROP TRIGGER memberships_follow_name ON accounts_member;
            DROP FUNCTION forums_memberships_follow_name();
            """,
        ),
    ]
