"""What a level allows, in words: a line for each of its rights, so that the page says what the code holds."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.trust import Rights


def lines_of(rights: Rights) -> list[str]:
    """The whole table of one level, as its members read it."""
    return [*_in_one_text(rights), *_on_the_first_day(rights), *_waits(rights), *_elsewhere(rights)]


def _in_one_text(rights: Rights) -> list[str]:
    most = (rights.links, rights.pictures, rights.mentions)
    if most == (None, None, None):
        return [_("Links, pictures and names as in every text")]
    words = (
        _("any number of links to other places"),
        _("any number of pictures"),
        _("any number of names with @"),
    )
    counted = (
        ngettext("%(count)d link to other places", "%(count)d links to other places", most[0] or 0),
        ngettext("%(count)d picture", "%(count)d pictures", most[1] or 0),
        ngettext("%(count)d name with @", "%(count)d names with @", most[2] or 0),
    )
    parts = [
        free if count is None else limited % {"count": count}
        for count, free, limited in zip(most, words, counted, strict=True)
    ]
    return [_("In one text up to: %(parts)s") % {"parts": " · ".join(parts)}]


def _on_the_first_day(rights: Rights) -> list[str]:
    topics, replies = rights.first_day_topics, rights.first_day_replies
    if topics is None or replies is None:
        return [_("As many topics and comments a day as one likes, at the pace that holds for all")]
    most = {"topics": topics, "replies": replies}
    return [_("On the first day up to %(topics)d topics and %(replies)d comments") % most]


def _waits(rights: Rights) -> list[str]:
    """When a text waits for a moderator before others read it."""
    lines = []
    if rights.looked_at_first:
        said = _(
            "The first %(count)d texts wait for a moderator if one was here within a day; else their links are plain text"
        )
        lines.append(said % {"count": rights.looked_at_first})
    if rights.least_seconds:
        said = _("What is sent within %(count)d seconds of opening the form waits for a moderator")
        lines.append(said % {"count": rights.least_seconds})
    if rights.links is not None:
        lines.append(
            _("A link that several new accounts put here on one day waits for a moderator")
        )
    if not rights.repeats:
        lines.append(_("The same text in two places within a day waits for a moderator"))
    if rights.in_a_row is not None:
        said = _(
            "After %(count)d comments in a row within an hour, with nobody in between, the next waits for a moderator"
        )
        lines.append(said % {"count": rights.in_a_row})
    lines.append(
        _("What holds a word or a site on the moderators' lists waits, too")
        if lines
        else _("Nothing waits but what holds a word or a site on the moderators' lists")
    )
    return lines


def _elsewhere(rights: Rights) -> list[str]:
    window = rights.edits_for
    if window is None:
        edits = _("Texts are changed for as long as one likes, while their topic is open")
    else:
        edits = ngettext(
            "Texts are changed for %(count)d day after they were written",
            "Texts are changed for %(count)d days after they were written",
            window.days,
        ) % {"count": window.days}
    return [
        edits,
        _("Private messages to everybody")
        if rights.writes_to_anyone
        else _("Private messages to members of one's own networks"),
        _("Invites to networks at the usual pace")
        if rights.invites_as_known
        else _("Invites to networks at a slower pace"),
        _("Up to %(count)d reports a day") % {"count": rights.reports_a_day},
    ]
