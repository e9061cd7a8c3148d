"""What addresses of decisions, rules and takedown notices name."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from accounts.models import Member
from forums.discussions.topics.models import Topic
from forums.moderation.letters import letter_path
from forums.moderation.rules.models import HouseRule
from forums.moderation.takedown.actions import give_notice
from forums.moderation.takedown.models import Notice, SealedCopy


def of_decisions(topic: Topic, malee: Member) -> dict[str, Any]:
    """A rule, the letter about a decision on Malee's topic, a notice about that topic, and what was sealed for it."""
    rule = HouseRule.objects.first()
    if rule is None:
        rule = HouseRule.objects.create(number=1, title="ค้านเรื่อง ไม่ค้านคน", text="เห็นต่างได้")
    notice = Notice.objects.first()
    if notice is None:
        notice = give_notice(
            notifier="person",
            name="คนที่ถูกพูดถึง",
            email="named@example.org",
            address=topic.get_absolute_url(),
            harm="defames",
            words="เรื่องนี้ไม่จริง",
            reader=Member.objects.get(handle="moderator"),  # where nobody else can name it
        )
        until = timezone.now() + timedelta(days=90)
        SealedCopy.objects.create(notice=notice, author=malee, body="ถ้อยคำเดิม", until=until)
    letter = letter_path(topic.decisions.get(), malee.pk).split("/")[3]
    copy = SealedCopy.objects.get().pk
    return {"rule": rule.pk, "letter": letter, "receipt": notice.receipt, "sealed": copy}
