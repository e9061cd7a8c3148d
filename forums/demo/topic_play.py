"""Plays the topics of the demo's script through the actions of the site."""

import re
from datetime import timedelta
from typing import Any

from django.utils import timezone

from forums.demo.scene import Scene
from forums.demo.script import Step
from forums.discussions.openings.actions import accept_answer, edit_topic, start_topic
from forums.discussions.posts.actions import delete_post, edit_post, react, reply
from forums.discussions.posts.models import Post, ReactionKind
from forums.discussions.topics.models import Topic
from forums.discussions.voices import actions as voices
from forums.moderation import actions as moderation
from forums.moderation.clarifications import actions as clarifications
from forums.moderation.clarifications.models import Clarification
from forums.moderation.concealing.actions import conceal_passages
from forums.moderation.grounds import Grounds
from forums.moderation.queue.actions import answer_case, end_case
from forums.moderation.queue.models import Case
from forums.moderation.reports.actions import report
from forums.moderation.reports.models import REPORT
from forums.moderation.sanctions import actions as sanctions
from forums.moderation.subjects import of_post
from forums.moderation.topics import actions as topic_acts
from forums.reading.bookmarks import actions as bookmarks
from forums.reading.drafts import actions as drafts

_TAGS = re.compile(r",\s*")


class TopicPlay:
    """What each verb of a topic's script means."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene

    def do_start(self, step: Step) -> None:
        about = step.more
        topic = self.scene.topics[step.topic] = start_topic(
            author=self.scene.members[step.by],
            board=self.scene.boards[about["board"]],
            kind=about["kind"],
            title=about["title"],
            body=self.scene.text(step),
            tags=_TAGS.split(about["tags"]) if "tags" in about else [],
            cover=self.scene.pictures.get(about.get("cover", "")),
            **self._voice(step),
        )
        self.scene.posts[step.topic, ""] = Post.objects.get(topic=topic, number=0)

    def do_reply(self, step: Step) -> None:
        self.scene.posts[step.topic, step.post] = reply(
            author=self.scene.members[step.by],
            topic=self.scene.topics[step.topic],
            parent=self.scene.posts[step.topic, step.to],
            body=self.scene.text(step),
            **self._voice(step),
        )

    def do_useful(self, step: Step) -> None:
        self._react(step, ReactionKind.USEFUL)

    def do_agree(self, step: Step) -> None:
        self._react(step, ReactionKind.AGREE)

    def do_edit(self, step: Step) -> None:
        post = self.scene.post_now(step)
        edit_post(
            editor=self.scene.members[step.by],
            post=post,
            body=post.body.replace(step.more["old"], step.more["new"]),
            reason=step.text,
        )

    def do_edittopic(self, step: Step) -> None:
        topic = Topic.objects.get(pk=self.scene.topics[step.topic].pk)
        edit_topic(
            editor=self.scene.members[step.by],
            topic=topic,
            title=topic.title,
            body=self.scene.post_now(step).body.replace(step.more["old"], step.more["new"]),
            tags=[tag.name for tag in topic.tags.all()],
            cover=topic.cover,
            reason=step.text,
        )

    def do_delete(self, step: Step) -> None:
        delete_post(member=self.scene.members[step.by], post=self.scene.post_now(step))

    def do_accept(self, step: Step) -> None:
        topic = self.scene.topics[step.topic]
        accept_answer(
            member=self.scene.members[step.by], topic=topic, post=self.scene.post_now(step)
        )

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

    def do_conceal(self, step: Step) -> None:
        conceal_passages(
            moderator=self.scene.members[step.by], post=self.scene.post_now(step), reason=step.text
        )

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
        waiting = Case.objects.get(
            kind=clarifications.CLARIFY,
            ended_at=None,
            key__in=[str(each.pk) for each in self._replies(step)],
        )
        answer_case(
            moderator=self.scene.members[step.by],
            case=waiting,
            answer="pin",
            grounds=Grounds(step.text),
        )

    def _replies(self, step: Step) -> list[Clarification]:
        return list(Clarification.objects.filter(topic=self.scene.topics[step.topic]))

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

    # -- what one keeps for oneself ---------------------------------------------------------------

    def do_bookmark(self, step: Step) -> None:
        days = step.more.get("in")
        bookmarks.note(
            member=self.scene.members[step.by],
            post=self.scene.post_now(step),
            text=step.text,
            remind_on=timezone.localdate(step.at) + timedelta(days=int(days)) if days else None,
        )

    def do_draft(self, step: Step) -> None:
        answered = self.scene.posts[step.topic, step.post]
        to = {"to": [str(answered.pk)]} if step.post else {}
        drafts.keep(
            member=self.scene.members[step.by],
            place=f"/t/{answered.topic_id}/reply/{f'?to={answered.pk}' if to else ''}",
            fields={"body": [step.text], **to},
            beginning=step.text,
            device=step.more.get("from", ""),
        )

    # -- networks in it ---------------------------------------------------------------------------

    def do_invite(self, step: Step) -> None:
        voices.invite_network(**self._brought(step))

    def do_ask(self, step: Step) -> None:
        voices.ask_to_join(**self._brought(step))

    def do_admit(self, step: Step) -> None:
        voices.answer_invitation(**self._brought(step), accept=True)

    def do_decline(self, step: Step) -> None:
        voices.answer_invitation(**self._brought(step), accept=False)

    def do_view(self, step: Step) -> None:
        voices.set_view(**self._brought(step), body=step.text)

    def _brought(self, step: Step) -> dict[str, Any]:
        return {
            "member": self.scene.members[step.by],
            "topic": Topic.objects.get(pk=self.scene.topics[step.topic].pk),
            "network": self.scene.network(step.network),
        }

    def _voice(self, step: Step) -> dict[str, Any]:
        return {
            "speak_from": self.scene.network_id(step.network),
            "in_name": "in-name" in step.more,
        }

    def _decided(self, step: Step) -> dict[str, Any]:
        return {
            "moderator": self.scene.members[step.by],
            "topic": self.scene.topics[step.topic],
            "reason": step.text,
        }

    def _react(self, step: Step, kind: ReactionKind) -> None:
        post = self.scene.posts[step.topic, step.post]  # read anew there, under a lock
        react(member=self.scene.members[step.by], post=post, kind=kind, on=True)
