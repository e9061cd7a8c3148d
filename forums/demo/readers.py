"""How far the members of the demo have read: so that the first evening shows what is new for each."""

from datetime import datetime, timedelta

from django.db.models import Max

from forums.discussions.posts.models import Post
from forums.reading.following.models import Follow
from forums.reading.marks.actions import move_mark, note_visit

AWAY = timedelta(hours=30)  # since when nobody has looked


def have_read(now: datetime) -> None:
    """Everybody has read what she follows up to the day before yesterday, and her own post where she wrote since."""
    last = now - AWAY
    followed = Follow.objects.filter(topic__isnull=False).values_list("member_id", "topic_id")
    for member_id, topic_id in followed.order_by("pk"):
        posts = Post.objects.filter(topic=topic_id)
        until = posts.filter(author=member_id).aggregate(at=Max("created_at"))["at"]
        read = posts.filter(created_at__lte=max(last, until) if until else last)
        ends = read.aggregate(number=Max("number"), newest=Max("created_at"))
        if ends["newest"]:
            move_mark(member_id=member_id, topic_id=topic_id, served=[], **ends)
    for member_id in sorted({member for member, _topic in followed}):
        note_visit(member_id=member_id, now=last)
