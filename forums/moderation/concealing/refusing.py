"""Nobody writes back what is hidden in a topic."""

from django.utils.translation import gettext as _

from accounts.models import Member
from forums.base.constant_sql import select
from forums.base.errors import BadText
from forums.discussions.topics.models import Topic
from forums.moderation.concealing.spelling import Bare, any_spelling, is_number
from forums.text.personal_data import found_in

_HIDDEN = """
    SELECT DISTINCT c.words, c.post_id, p.author_id
    FROM forums_concealedpassage c JOIN forums_post p ON p.id = c.post_id WHERE p.topic_id = %(topic)s
"""


def refuse_hidden(topic: Topic, writer: Member, text: str, *, post: int | None = None) -> None:
    """Raise BadText where a text in this topic says what is hidden there, however it is written.

    In the text it is hidden in (`post`), and by its author anywhere in the topic, that is any of it; elsewhere, what is
    somebody's: words that were hidden for being rude may have another sense there. One query.
    """
    rows = select(_HIDDEN, topic=topic.pk)
    bare = Bare.of(text if rows else "")
    for words, where, author in rows:
        if not bare.may_say(words) or not any_spelling(words).search(text):
            continue
        if where == post or author == writer.pk or is_number(words) or found_in(words):
            raise BadText(
                _(
                    "This holds a passage that is hidden for now. Leave its mark where it stands, or take it out; if it "
                    "was hidden by mistake, a moderator shows it again."
                )
            )
