"""Plays the topics of the demo's script through the actions of the site."""

import re
from datetime import timedelta
from typing import Any

from django.utils import timezone

from forums.demo.order_play import OrderPlay
from forums.demo.script import Step
from forums.discussions.openings.actions import accept_answer, edit_topic, start_topic
from forums.discussions.posts.actions import delete_post, edit_post, react, reply
from forums.discussions.posts.models import Post, ReactionKind
from forums.discussions.topics.models import Topic
from forums.discussions.voices import actions as voices
from forums.reading.bookmarks import actions as bookmarks
from forums.reading.drafts import actions as drafts

_TAGS = re.compile(r",\s*")


class TopicPlay(OrderPlay):
    """What each verb of a topic's script means."""

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

    def _react(self, step: Step, kind: ReactionKind) -> None:
        post = self.scene.posts[step.topic, step.post]  # read anew there, under a lock
        react(member=self.scene.members[step.by], post=post, kind=kind, on=True)
