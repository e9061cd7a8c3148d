"""The words every post on a page repeats, translated once a process and not for each of 220 posts."""

from functools import cache

from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

_LABELS = {
    "t_comment": _("Comment no."),
    "t_new": pgettext_lazy("post", "New"),
    "t_opening": _("The topic's text"),
    "t_reply": pgettext_lazy("button", "Reply"),
    "t_quote": _("Quote this"),
    "t_more": _("More about comment"),
    "t_more_opening": _("More about the topic"),
    "t_cite": _("Cite or send on"),
    "t_bookmark": pgettext_lazy("button", "Bookmark"),
    "t_unbookmark": _("Take the bookmark out"),
    "t_bookmark_note": _("A note, or a day to be reminded"),
    "t_edit": pgettext_lazy("button", "Edit"),
    "t_edited": _("edited"),
    "t_delete": pgettext_lazy("button", "Delete"),
    "t_history": _("History of edits"),
    "t_own_name": _("in her own name"),
    "t_in_name": _("in the network's name"),
    "t_with_ai": _("made with the help of AI"),
    "t_staff": _("Moderator of the site"),
    "t_admin": _("Moderate"),
    "t_clarify": _("You are named here? Ask for a reply"),
    "t_restate": _("Say what is meant"),
    "t_restatements": _("What others say it means"),
    "t_conceal": _("Hide a passage"),
    "t_hide": pgettext_lazy("button", "Hide"),
    "t_unhide": pgettext_lazy("button", "Unhide"),
    "t_useful": _("Useful"),
    "t_agree": _("I agree"),
    "t_folded": _("by a person you blocked"),
    "t_block": _("Block this person"),
    "t_unblock": _("Unblock this person"),
    "t_held": _("waits for a moderator."),
    "t_report": _("Report a problem"),
    "t_hidden": _("is hidden."),
    "t_decision": _("See the decision"),
    "t_words": _("Read what you wrote"),
    "t_deleted": _("was deleted by its author."),
    "t_undelete": _("Take the deletion back"),
    "t_accepted": _("The answer chosen by whoever asked"),
    "t_accept": _("Choose as the answer"),
    "t_unaccept": _("Take the choice back"),
}


def labels() -> dict[str, str]:
    """The labels in the reader's language, by the names the templates print them under; not to be changed."""
    return _in_language(get_language() or "")


@cache
def _in_language(_language: str) -> dict[str, str]:
    return {name: str(word) for name, word in _LABELS.items()}
