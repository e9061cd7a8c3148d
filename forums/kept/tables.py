"""What a write to each table moves: every table of ours is named here, once.

Whoever makes a table names it in `SHOWN` (by nothing more, and every write to it moves the whole site: never wrong,
only dear) or in `UNSEEN`, with the reason; each command says what is missing (`kinds.py`), tests which table of `UNSEEN`
a kept page reads. Triggers (`triggers`) are made by a migration.
"""

from collections.abc import Collection
from dataclasses import dataclass

from forums.kept.triggers import LISTS, SITE, Trigger, triggers


@dataclass(frozen=True, slots=True)
class Moves:
    """What `function` moves is moved by an INSERT and by an UPDATE of the columns `often`; all else moves the site.

    With `often` None every write calls `function`. Columns `unseen` (where some are named) stand on no kept page.
    """

    function: str = SITE
    often: Collection[str] | None = None
    unseen: Collection[str] = ()

    def triggers(self, table: str, columns: Collection[str]) -> list[Trigger]:
        """Those that hold it, for a table with these columns."""
        some = {*(self.often or ()), *self.unseen}
        rest = set(columns) - some if some else ()
        return triggers(table, function=self.function, often=self.often, rest=rest)


SITE_WIDE = Moves()
LISTED = Moves(LISTS)
# Functions that find the topic a row is of: they move that topic, and lists.
TOPIC, OF_TOPIC, TAGS_TOPIC = (
    "forums_moves_topic",
    "forums_moves_of_topic",
    "forums_moves_tags_topic",
)

# Of a topic's own row, what its posts change; the rest is what its author or a moderator decides.
COUNTED_IN_TOPIC = frozenset(
    (
        *("last_post_at", "last_author_id", "last_number", "reply_count", "statement_count"),
        *("poll_count", "useful_count", "hot", "taking_part", "voices", "related"),
    )
)

SHOWN: dict[str, Moves] = {
    "accounts_member": Moves(
        LISTS,
        often=(),
        unseen=(
            *("password", "last_login", "email", "handle_key", "handle_skeleton", "is_superuser"),
            *("theme", "text_size", "language", "see_others", "first_step_closed_at"),
            *("silenced_until", "trust_level"),
        ),
    ),
    "forums_post": Moves(
        OF_TOPIC, often=("last_reply_number", "useful_count", "agree_count"), unseen=("submission",)
    ),
    "forums_topic": Moves(TOPIC, often=COUNTED_IN_TOPIC, unseen=("related_at",)),
    "forums_topicnetwork": Moves(OF_TOPIC),
    "forums_taggedtopic": Moves(TAGS_TOPIC),
    "forums_poll": Moves(
        OF_TOPIC,
        often=(
            *("voters", "tally", "told_voters", "told_tally", "ready_voters", "ready_tally"),
            "voted_at",
        ),
        unseen=("reminded_at",),
    ),
    "forums_network": Moves(
        LISTS,
        often=(
            *("member_count", "organisation_count", "last_active_at"),
            *("confirmed_at", "confirmed_by_id"),
        ),
    ),
    "forums_board": Moves(LISTS, often=("topic_count",)),
    "forums_tag": Moves(LISTS, often=("topic_count",)),
    "forums_attachment": Moves(LISTS, often=()),
    **dict.fromkeys(
        (
            *("forums_membership", "forums_happening", "forums_tie", "forums_taggednetwork"),
            "forums_acquaintance",
        ),
        LISTED,
    ),
    **dict.fromkeys(
        (
            *("forums_partedpost", "forums_regrouping", "forums_view", "forums_announcement"),
            *("forums_pollnetwork", "forums_word", "forums_meaning", "forums_restatement"),
            *("forums_portrayal", "forums_clarification", "forums_concealedpassage"),
            *("forums_activity", "forums_activityhost", "forums_activitytopic"),
            *("forums_networkaddress", "forums_networklink", "forums_contact", "forums_office"),
            *("forums_organisation", "forums_representative", "forums_networkorganisation"),
            *("forums_page", "forums_communitylink", "forums_houserule", "forums_wording"),
            "forums_decision",
        ),
        SITE_WIDE,
    ),
}

_COUNTED = "what it counts for stands in another row"
_HERS = "its owner's alone"
_MODERATORS = "for moderators"
_TOLD = "on its way to one person"
_UNKEPT = "stands on pages that are not kept"
_UPKEEP = "for upkeep"

UNSEEN: dict[str, str] = {
    **dict.fromkeys(("forums_reaction", "forums_pollballot", "forums_attendance"), _COUNTED),
    **dict.fromkeys(
        (
            *("forums_bookmark", "forums_draft", "forums_block", "forums_follow"),
            *("forums_followdefaults", "forums_followundo", "forums_readmark"),
            *("forums_readerstate", "forums_standpoint", "forums_calendarkey", "forums_leaving"),
            *("forums_personalcopy", "forums_preference", "forums_mailwish", "forums_pushdevice"),
            *("accounts_consent", "accounts_waitingaddress", "accounts_bouncescore"),
            *("accounts_member_groups", "accounts_member_user_permissions"),
        ),
        _HERS,
    ),
    **dict.fromkeys(
        (
            *("forums_conversation", "forums_message", "forums_messagechoice"),
            *("forums_messagereport", "forums_participant", "forums_letter", "forums_telling"),
            *("forums_notification", "forums_digestrun", "forums_invitation"),
            *("forums_invitationuse", "forums_joinrequest", "forums_roster", "forums_rosterline"),
        ),
        _TOLD,
    ),
    **dict.fromkeys(
        (
            *("forums_adminact", "forums_appeal", "forums_case", "forums_crawler"),
            *("forums_heldtext", "forums_lostdevice", "forums_newaccount", "forums_newcomershost"),
            *("forums_notice", "forums_sealedcopy", "forums_sealedlook", "forums_plea"),
            *("forums_problemreport", "forums_reporterrecord", "forums_sanction"),
            *("forums_staffnote", "forums_sweep", "forums_watchedentry", "forums_helddown"),
            *("forums_trafficentry", "forums_trafficlook", "forums_trafficreader"),
            *("forums_selfhiding", "accounts_gonehandle"),
        ),
        _MODERATORS,
    ),
    **dict.fromkeys(
        (
            *("forums_revision", "forums_closedversion", "forums_searchentry", "forums_searchword"),
            *("forums_line", "forums_linechange", "forums_lineimport"),
            *("forums_statement", "forums_round", "forums_ballot", "forums_statementvote"),
            *("forums_statementreason", "forums_publishedresults", "forums_publisheddifference"),
            *("forums_differenceanswer", "forums_networkguess", "forums_guessprogress"),
            "forums_judging",
        ),
        _UNKEPT,
    ),
    **dict.fromkeys(
        (
            *("forums_imported", "forums_merge", "forums_movedrow"),
            *("forums_pageversion", "forums_keptpage", "forums_signoflife", "forums_vitalspan"),
        ),
        _UPKEEP,
    ),
}

# Of other packages: who comes in and how, and what Django knows of itself.
UNSEEN_APPS = frozenset(
    (
        *("account", "admin", "auth", "contenttypes", "mfa", "sessions", "socialaccount"),
        *("taggit", "usersessions"),
    )
)
