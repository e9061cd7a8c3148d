"""A report of personal data hides what is found, until somebody has looked."""

from typing import TYPE_CHECKING

from django.utils import translation
from django.utils.translation import gettext as _

from forums.discussions.posts.models import Post
from forums.moderation.concealing.actions import conceal_until_seen, reveal_passages
from forums.moderation.concealing.models import ConcealedPassage
from forums.moderation.models import Act, Decision
from forums.moderation.queue.models import Case, CaseState
from forums.moderation.reports.models import REPORT
from forums.moderation.reports.registry import when_reported, when_settled

if TYPE_CHECKING:
    from forums.moderation.reports.models import ProblemReport
    from forums.moderation.subjects import Subject


@when_reported("personal")
def _hide(report: "ProblemReport", subject: "Subject") -> None:
    """Where the finder finds nothing, nothing is hidden by itself: the case stands at the head of the queue. A report that
    weighs nothing, of somebody who was always wrong, hides nothing either; nor one of what a moderator has looked at."""
    if report.weight <= 0:
        return
    post = _post_of(subject.kind, subject.key)
    if post is not None and not _was_looked_at(post, subject):
        conceal_until_seen(post=post)


def _was_looked_at(post: Post, subject: "Subject") -> bool:
    """Has a moderator shown what was hidden in this text as it stands, or left it as it is?"""
    since = post.edited_at or post.created_at
    about = Decision.objects.filter(**{subject.kind: subject.key}, created_at__gte=since)
    left = Case.objects.filter(subject=subject.kind, key=subject.key, kind=REPORT)
    left = left.filter(state=CaseState.REFUSED, ended_at__gte=since, ended_by__isnull=False)
    shown = about.filter(act=Act.REVEAL, moderator__isnull=False)
    return shown.exists() or left.exists()


@when_settled
def _show_again(case: Case, decision: "Decision | None") -> None:
    """Somebody looked and left it as it is, or nobody reports it any more: what a rule hid stands as it stood."""
    if decision is not None and case.state != CaseState.REFUSED:
        return
    post = _post_of(case.subject, case.key)
    if post is None:
        return
    by_a_rule = ConcealedPassage.objects.filter(source=post, decision__moderator=None)
    if not by_a_rule.exists():
        return
    with translation.override("th"):  # the log is read in the language of the site
        why = _("Looked at: it may stand as it is.") if case.ended_by_id else _("Reported no more.")
    reveal_passages(post=post, moderator=None, reason=why, since=case.opened_at)


def _post_of(kind: str, key: str) -> Post | None:
    """The post whose text is meant; of a topic, its opening."""
    if kind == "topic":
        return Post.objects.filter(topic_id=int(key), number=0, reply_number=0).first()
    return Post.objects.filter(pk=int(key)).first() if kind == "post" else None
