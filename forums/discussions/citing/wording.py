"""The sentence that cites a post."""

from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _

from forums.discussions.posts.stream import PostRow
from forums.text import dates


def citation(post: PostRow, *, title: str, written_at: datetime, address: str) -> str:
    """Who, from where, in which topic, on which site, when in both eras, and where it stands for good.

    มาลี คำหล้า (คนรักคลอง), “น้ำขึ้น” ความคิดเห็นที่ 5, ร้อยพลัง, 22 พ.ย. 2569 (ค.ศ. 2026), https://…/p/12/
    """
    who = [post.author.name, post.network.name] if post.network else [post.author.name]
    if post.in_name:
        who.reverse()
    what = _("“%(title)s”") % {"title": title}
    if post.number:
        what += " " + _("comment no. %(number)s") % {"number": post.label}
    when = dates.both_eras(written_at)
    if post.edited_at:
        when += ", " + _("edited %(day)s") % {"day": dates.day(post.edited_at)}
    by = f"{who[0]} ({who[1]})" if len(who) > 1 else who[0]
    return ", ".join((by, what, settings.SITE_NAME, when, address))
