"""What some of the demo's members write to each other (content/messages.json): two conversations, one of them unread."""

from datetime import datetime

from forums.demo.clock import clock_at
from forums.demo.scene import Scene
from forums.demo.script import load_json, moment
from forums.reading.messages.actions import begin, mark_read
from forums.reading.messages.models import Message, Participant


def write_to_each_other(scene: Scene, now: datetime) -> None:
    """Who writes has read what was said; in the end so have all but those who are said not to."""
    for row in load_json("messages"):
        people = [scene.members[handle] for handle in row["people"]]
        for at, by, body in row["said"]:
            with clock_at(moment(at, now)):
                said = begin(writer=scene.members[by], people=people, body=body)
                _read(said, [by], scene)
        _read(said, [handle for handle in row["people"] if handle not in row["unread"]], scene)


def _read(said: Message, handles: list[str], scene: Scene) -> None:
    for handle in handles:
        member = scene.members[handle]
        place = Participant.objects.get(conversation=said.conversation_id, member=member)
        mark_read(member=member, place=place, until=said.pk)
