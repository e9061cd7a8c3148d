"""What addresses of common ground name: a statement that is put to the vote, in a round that is open."""

from datetime import timedelta
from typing import Any

from accounts.models import Member
from forums.discussions.topics.models import Topic
from forums.knowledge.statements.actions import accept, propose
from forums.knowledge.statements.models import Statement
from forums.knowledge.voting.actions import open_round


def of_statements(topic: Topic, head: Member | None) -> dict[str, Any]:
    """Of whoever started the topic, looked at by an administrator."""
    assert head is not None
    made = Statement.objects.filter(topic=topic).first()
    if made is None:
        made = propose(author=topic.author, topic=topic, body="ทุกบ้านควรมีถังเก็บน้ำฝน")
        accept(member=head, statement=made)
        open_round(member=head, topic=topic, lasts=timedelta(days=7))
    return {"statement": made.number, "statement_pk": made.pk}
