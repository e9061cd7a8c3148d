"""What a merge of networks does to each column that names a network, and what of a row it changes."""

from forums.moderation.moved.rows import Moved

# Rows that need nothing but to name the other network. tests/moderation/merging/test_actions.py holds that
# every column naming a network stands here, in MERGED or in STAYS.
MOVES = {
    "network.merged_into",
    "networkaddress.network",
    "topic.network",
    "post.network",
    "standpoint.network",
    "line.network",
    "announcement.network",
    "case.network",
    "statement.network",
    "ballot.network",
    "portrayal.network",
    "portrayal.target",
    "differenceanswer.network",
    "poll.network",
}
MERGED = {
    "membership.network",
    "board.network",
    "topicnetwork.network",
    "view.network",
    "meaning.network",
    "networkorganisation.network",
    "activityhost.network",
    "taggednetwork.network",
    "pollnetwork.network",
    "follow.network",
    "networklink.source",
    "networklink.target",
    "tie.source",
    "tie.target",
    "invitation.network",
    "joinrequest.network",
    "staffrequest.network",
    "lineimport.network",
    "roster.network",
}
STAYS = {
    "networkguess.viewer",
    "networkguess.target",
    "acquaintance.viewer",
    "acquaintance.target",
    "linechange.network",
    "contact.network",
    "office.network",
    "event.network",
    "event.other",
    "decision.network",
}

_NETWORK = ("network_id",)
# What is remembered of a merge, and put back in this order. Not what was told to somebody and cannot be
# untold (requests that were answered), and not ties, which are counted anew.
TABLES = (
    Moved(
        "forums_network",
        ("merged_into_id",),
        ("archived_at", "featured_at"),
        which="x.id = %(source)s",
    ),
    Moved("forums_networkaddress", _NETWORK),
    Moved("forums_board", _NETWORK, ("name", "sort_key")),
    Moved("forums_topic", _NETWORK),
    Moved("forums_post", _NETWORK),
    Moved("forums_standpoint", _NETWORK),
    Moved("forums_line", _NETWORK),
    Moved("forums_announcement", _NETWORK),
    Moved("forums_case", _NETWORK),
    Moved("forums_statement", _NETWORK),
    Moved("forums_ballot", _NETWORK),
    Moved("forums_portrayal", ("network_id", "target_id")),
    Moved("forums_differenceanswer", _NETWORK),
    Moved("forums_meaning", _NETWORK, ("replaced_at",)),
    Moved("forums_poll", _NETWORK),
    Moved("forums_pollnetwork", _NETWORK, key="poll_id"),
    Moved("forums_membership", _NETWORK, ("role", "joined_at"), key="member_id"),
    Moved(
        "forums_topicnetwork",
        _NETWORK,
        ("state", "asked_by_id", "asked_at", "decided_by_id", "decided_at", "first_at"),
        key="topic_id",
        # a guest in a board that becomes its own is a guest there no more
        which="x.network_id = %(target)s AND x.topic_id IN (SELECT t.id FROM forums_topic t"
        " JOIN forums_board b ON b.id = t.board_id WHERE b.network_id = %(source)s)",
    ),
    Moved("forums_view", _NETWORK),
    Moved("forums_networkorganisation", _NETWORK, key="organisation_id"),
    Moved("forums_activityhost", _NETWORK, key="activity_id"),
    Moved("forums_taggednetwork", _NETWORK, key="tag_id"),
    Moved("forums_follow", _NETWORK, key="member_id"),
    Moved("forums_networklink", ("source_id", "target_id"), ("kind",)),
    Moved("forums_invitation", _NETWORK, ("revoked_at", "revoked_by_id")),
)
