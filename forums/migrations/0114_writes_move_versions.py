"""Every write that changes what a visitor sees moves the versions of it, in its own transaction."""

from django.db import migrations

from forums.kept.triggers import triggers

# Safe: TRUNCATE is what a trigger waits for, nothing that is done; each trigger is a transaction of its own, which
# keeps writers of one table out for a moment, and `migrate` asks again.
SITE = """
forums_activity forums_activityhost forums_activitytopic forums_announcement forums_clarification
forums_communitylink forums_concealedpassage forums_contact forums_decision forums_houserule
forums_meaning forums_networkaddress forums_networklink forums_networkorganisation forums_office
forums_organisation forums_page forums_partedpost forums_pollnetwork forums_portrayal
forums_regrouping forums_representative forums_restatement forums_view forums_word forums_wording
""".split()
LISTS = """
forums_acquaintance forums_happening forums_membership forums_taggednetwork forums_tie
""".split()
MADE = [
    *(each for table in SITE for each in triggers(table)),
    *(each for table in LISTS for each in triggers(table, function="forums_moves_lists")),
    *triggers(
        "accounts_member",
        function="forums_moves_lists",
        often=(),
        rest="""
            bio created_at display_name handle id is_active is_staff left_at links
            pending_since picture province sort_key
        """.split(),
    ),
    *triggers("forums_attachment", function="forums_moves_lists", often=()),
    *triggers(
        "forums_board",
        function="forums_moves_lists",
        often="topic_count".split(),
        rest="""
            colour emblem id name network_id open_to parent_id position read_level scope
            slug sort_key write_level
        """.split(),
    ),
    *triggers(
        "forums_network",
        function="forums_moves_lists",
        often="confirmed_at confirmed_by_id last_active_at member_count organisation_count".split(),
        rest="""
            aim archived_at colour created_at emblem featured_at hidden_at home_id id
            joining kind ledger_since members_shown_to merged_into_id name name_key
            nationwide picture provinces questions registered_by_id renderer_version
            search_words sectors since_month since_year slug sort_key story story_html
            verified_at
        """.split(),
    ),
    *triggers(
        "forums_poll",
        function="forums_moves_of_topic",
        often="ready_tally ready_voters tally told_tally told_voters voted_at voters".split(),
        rest="""
            about author_id came_through closed_at closed_by_id closes_at created_at
            hidden_at id in_name kind least most names_shown network_id options question
            shown topic_id withdrawn_at
        """.split(),
    ),
    *triggers(
        "forums_post",
        function="forums_moves_of_topic",
        often="agree_count last_reply_number useful_count".split(),
        rest="""
            author_id body body_html created_at deleted_at edited_at held_at hidden_at id
            in_name network_id number parent_id removed_at renderer_version reply_number
            revision_count root_id topic_id unlinked_at with_ai
        """.split(),
    ),
    *triggers(
        "forums_tag",
        function="forums_moves_lists",
        often="topic_count".split(),
        rest="id key name slug sort_key".split(),
    ),
    *triggers("forums_taggedtopic", function="forums_moves_tags_topic"),
    *triggers(
        "forums_topic",
        function="forums_moves_topic",
        often="""
            hot last_author_id last_number last_post_at poll_count related reply_count
            statement_count taking_part useful_count voices
        """.split(),
        rest="""
            accepted_post_id archived_at author_id board_id clarified_at closes_at contents
            cover_id created_at deleted_at held_at hidden_at id kind locked_at merged_base
            merged_into_id network_id parted_at pinned_at slow_minutes slug title
            unlisted_at
        """.split(),
    ),
    *triggers("forums_topicnetwork", function="forums_moves_of_topic"),
]


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("accounts", "0016_consent_once_a_kind"),
        ("forums", "0113_kept_pages"),
    ]

    operations = [
        migrations.RunSQL(each.sql, f"DROP TRIGGER {each.name} ON {each.table}") for each in MADE
    ]
