"""The letter that gathers what was told of a topic."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Member
from forums.base.mail_bodies import MailItem, MailSection
from forums.discussions.posts.models import Post, post_label, post_url
from forums.notifications.models import Email
from forums.notifications.registry import TOLD, EmailText, email_kind, whole_address
from forums.reading.mail.gathered import Untold, unseen
from forums.text import dates
from forums.text.glance import glance

MOST = 10  # posts of a kind that are shown
QUOTED = 400  # characters of each


@email_kind(TOLD, passing=True)
def told_of_topic(email: Email) -> EmailText | None:
    """What she has not seen of it; None where nothing is left."""
    if email.member is None:
        return None
    found = unseen(email.member, dict(email.data["posts"]))
    if not found:
        return None
    topic = found[0].posts[0].topic
    writers = Member.objects.shown().in_bulk(
        {post.author_id for each in found for post in each.posts}
    )
    first = min(post.pk for each in found for post in each.posts)
    return EmailText(
        topic.title,
        "\n\n".join([_("Read on and answer:"), whole_address(post_url(first))]),
        _(
            "You get this e-mail because somebody wrote to you in this topic, and you had not seen it."
        ),
        sections=[_section(each, writers) for each in found],
        thread=f"topic-{topic.pk}",
    )


def _section(told: Untold, writers: dict[int, Member]) -> MailSection:
    more = len(told.posts) - MOST
    return MailSection(
        told.sentence,
        [_item(post, writers) for post in told.posts[:MOST]],
        ngettext("and %(count)d more", "and %(count)d more", more) % {"count": more}
        if more > 0
        else "",
    )


def _item(post: Post, writers: dict[int, Member]) -> MailItem:
    place = {"label": post_label(post.number, post.reply_number)}
    label = _("comment %(label)s") % place if post.number else ""
    return MailItem(
        str(writers.get(post.author_id, _("Somebody"))),
        whole_address(post_url(post.pk)),
        " · ".join(filter(None, [label, dates.exactly(post.created_at)])),
        glance(post.start, QUOTED),  # type: ignore[attr-defined] # the loader of posts annotates it
    )
