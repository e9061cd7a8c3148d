"""Plays what keeps order in the demo's topics: what is reported and decided, asked again, and asked from outside."""

from typing import Any

from django.db.models import Q

from forums.demo.scene import Scene
from forums.demo.script import Step
from forums.moderation import actions as moderation
from forums.moderation.appeals import actions as appeals
from forums.moderation.appeals.models import Appeal
from forums.moderation.clarifications import actions as clarifications
from forums.moderation.clarifications.models import Clarification
from forums.moderation.grounds import Grounds
from forums.moderation.models import Decision
from forums.moderation.queue.actions import answer_case, end_case
from forums.moderation.queue.models import Case
from forums.moderation.reports.actions import report
from forums.moderation.reports.models import REPORT
from forums.moderation.rules.models import HouseRule
from forums.moderation.sanctions import actions as sanctions
from forums.moderation.subjects import of_post
from forums.moderation.takedown import actions as takedown
from forums.moderation.topics import actions as topic_acts
from forums.reading.marks.actions import note_visit


class OrderPlay:
    """What each verb of order means in a topic's script."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene

    def do_report(self, step: Step) -> None:
        report(
            member=self.scene.members[step.by],
            subject=of_post(self.scene.post_now(step)),
            problem=step.more["as"],
            words=step.text,
        )

    def do_hide(self, step: Step) -> None:
        moderator, post = self.scene.members[step.by], self.scene.post_now(step)
        decision = moderation.hide_post(moderator=moderator, post=post, reason=step.text)
        reported = Case.objects.waiting().filter(subject="post", key=str(post.pk), kind=REPORT)
        for case in reported:
            end_case(case=case, moderator=moderator, decision=decision)

    def do_decide(self, step: Step) -> None:
        reported = self._waiting(REPORT, "post", self.scene.post_now(step).pk)
        self._answer(step, reported, step.more["answer"])

    def do_appeal(self, step: Step) -> None:
        member = self.scene.members[step.by]
        hers = Q(post=self.scene.post_now(step)) | Q(member=member)
        decision = Decision.objects.filter(hers, moderator__isnull=False).latest("pk")
        appeals.appeal(member=member, decision=decision, words=step.text)

    def do_again(self, step: Step) -> None:
        asked = Appeal.objects.get(decision__post=self.scene.post_now(step), answered_at=None)
        case = self._waiting(appeals.CASE, appeals.ABOUT, asked.decision_id)
        self._answer(step, case, step.more["answer"])

    def do_warn(self, step: Step) -> None:
        author = self.scene.post_now(step).author
        sanctions.warn(moderator=self.scene.members[step.by], member=author, reason=step.text)

    def do_notice(self, step: Step) -> None:
        """Somebody outside, whom no member is."""
        name, words = step.text.split("\n", 1)
        takedown.give_notice(
            notifier=step.more["from"],
            name=name,
            email=f"{step.more['mail']}@example.org",
            address=self.scene.post_now(step).get_absolute_url(),
            harm=step.more["as"],
            words=words.strip(),
        )

    def do_here(self, step: Step) -> None:
        note_visit(member_id=self.scene.members[step.by].pk, now=step.at)

    def do_clarify(self, step: Step) -> None:
        how, body = step.text.split("\n\n", 1)
        clarifications.ask(
            member=self.scene.members[step.by],
            topic=self.scene.topics[step.topic],
            named=step.more["named"],
            how=how,
            body=body,
        )

    def do_pinreply(self, step: Step) -> None:
        asked = Clarification.objects.get(topic=self.scene.topics[step.topic], pinned_at=None)
        case = Case.objects.waiting().get(kind=clarifications.CLARIFY, key=str(asked.pk))
        self._answer(step, case, "pin")

    def do_slow(self, step: Step) -> None:
        topic_acts.slow_down(**self._decided(step), minutes=int(step.more["minutes"]))

    def do_split(self, step: Step) -> None:
        title, reason = step.text.split("\n", 1)
        label = self.scene.post_now(step).label
        decided = self._decided(step) | {"reason": reason}
        topic_acts.split(**decided, numbers=label, title=title)

    def do_silence(self, step: Step) -> None:
        sanctions.silence(
            moderator=self.scene.members[step.by],
            member=self.scene.post_now(step).author,
            days=int(step.more["days"]),
            reason=step.text,
        )

    def do_lock(self, step: Step) -> None:
        moderation.lock(**self._decided(step))

    def do_pin(self, step: Step) -> None:
        moderation.pin(**self._decided(step))

    def do_move(self, step: Step) -> None:
        moderation.move(**self._decided(step), board=self.scene.boards[step.more["board"]])

    def _waiting(self, kind: str, subject: str, key: int) -> Case:
        return Case.objects.waiting().get(kind=kind, subject=subject, key=str(key))

    def _answer(self, step: Step, case: Case, answer: str) -> None:
        number = step.more.get("rule")
        rule = HouseRule.objects.get(number=number) if number else None
        moderator, grounds = self.scene.members[step.by], Grounds(step.text, rule)
        answer_case(moderator=moderator, case=case, answer=answer, grounds=grounds)

    def _decided(self, step: Step) -> dict[str, Any]:
        return {
            "moderator": self.scene.members[step.by],
            "topic": self.scene.topics[step.topic],
            "reason": step.text,
        }
