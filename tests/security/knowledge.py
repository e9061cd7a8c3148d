"""What addresses of common ground name: a statement that is put to the vote, in a round that is open."""

from datetime import timedelta
from typing import Any

from accounts.models import Member
from forums.discussions.topics.models import Topic
from forums.discussions.topics.permissions import can_reply
from forums.knowledge.statements.actions import accept, propose
from forums.knowledge.statements.models import Statement
from forums.knowledge.voting.actions import open_round


def of_statements(topic: Topic, other: Member | None, head: Member | None) -> dict[str, Any]:
    """Of whoever started the topic, or of a moderator where she may not write; an administrator looked at it."""
    assert other
    assert head
    made = Statement.objects.filter(topic=topic).first()
    if made is None:
        made = propose(
            author=topic.author if can_reply(topic.author, topic) else other,
            topic=topic,
            body="ทุกบ้านควรมีถังเก็บน้ำฝน",
        )
        accept(member=head, statement=made)
        open_round(member=head, topic=topic, lasts=timedelta(days=7))
    return {"statement": made.number, "statement_pk": made.pk}
