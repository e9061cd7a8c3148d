"""How a closed old version is opened again."""

from accounts.models import Member
from forums.discussions.posts.models import Revision
from forums.discussions.voices.models import View
from forums.moderation.grounds import Grounds
from forums.moderation.models import Act, Decision
from forums.moderation.registry import undone_by
from forums.moderation.versions import actions


def _open(decision: Decision, moderator: Member, grounds: Grounds) -> Decision | None:
    """That of a network's view, or of a text."""
    if (pk := decision.details.get("view")) is not None:
        view = View.objects.filter(pk=pk).first()
        if view is None:
            return None
        return actions.open_view(moderator=moderator, view=view, reason=grounds)
    texts = {"post": decision.post_id} if decision.post_id else {"post__topic": decision.topic_id}
    if decision.topic_id:
        texts["post__number"] = 0
    found = Revision.objects.filter(number=decision.details["version"], **texts)
    version = found.select_related("post__topic__board").first()
    if version is None:
        return None
    return actions.open_version(moderator=moderator, version=version, reason=grounds)


undone_by(Act.CLOSE, "topic", _open)
undone_by(Act.CLOSE, "post", _open)
