"""Who is party to what is decided: whose thing it is. She decides nothing in its favour, and reads no case about it."""

from typing import Any

from django.utils.translation import gettext as _

from accounts.models import Member
from forums.activities.models import Activity
from forums.base.errors import NotAllowed
from forums.discussions.polls.models import Poll
from forums.discussions.posts.models import Post
from forums.discussions.topics.models import Topic
from forums.discussions.voices.models import View
from forums.groups.memberships.permissions import coordinator_ids
from forums.groups.networks.models import Network
from forums.groups.organisations.models import Organisation
from forums.groups.organisations.permissions import speaker_ids
from forums.knowledge.glossary.models import Meaning
from forums.knowledge.portrayals.models import Portrayal
from forums.knowledge.restatements.models import Restatement
from forums.knowledge.statements.models import Statement
from forums.ledger.models import Line
from forums.pictures.models import Attachment
from forums.reading.messages.models import Message, Participant


def parties_to(thing: Any) -> set[int]:
    """Whose it is, by id: who wrote, announced or took it in; of a network or an organisation, who answers for
    it; of a private message, those it was said between."""
    match thing:
        case Topic() | Post() | Poll():
            return {thing.author_id}
        case Activity():
            return {thing.created_by_id}
        case Member():
            return {thing.pk}
        case Attachment():
            return {thing.uploader_id}
        case Message():
            between = Participant.objects.filter(conversation=thing.conversation_id)
            return {thing.writer_id, *between.values_list("member", flat=True)}
        case Statement() | Restatement() | Portrayal():
            return {thing.author_id}
        case Line():
            return {thing.created_by_id, *coordinator_ids(thing.network_id)}
        case View() | Meaning():
            return {thing.author_id}
        case Network():
            return set(coordinator_ids(thing.pk))
        case Organisation():
            return speaker_ids(thing.pk)
        case _other:
            return set()


def refuse_party(moderator: Member | None, thing: Any) -> None:
    """Raise NotAllowed where it is her own that she would decide about. None: a rule does."""
    if moderator is not None and moderator.pk in parties_to(thing):
        raise NotAllowed(_("This is about what is yours: another moderator decides it."))
