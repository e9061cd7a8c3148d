"""What the demo's members follow, and whom they blocked (content/following.json): played once all of it is there."""

from forums.demo.scene import Scene
from forums.demo.script import load_json
from forums.reading.following.actions import block, set_level
from forums.reading.following.models import Level
from forums.reading.following.targets import target_of
from forums.tags.models import Tag


def all_started(scene: Scene) -> bool:
    """Is every topic there that somebody follows?"""
    follows = [each for row in load_json("following") for each in row["follows"]]
    return all(name in scene.topics for kind, name, _level in follows if kind == "topic")


def follow_and_block(scene: Scene) -> None:
    """Each by the names of the script: networks and topics by their files, boards by slug, people by handle."""
    find = {
        "network": scene.network,
        "topic": lambda name: scene.topics[name],
        "board": lambda name: scene.boards[name],
        "person": lambda name: scene.members[name],
        "tag": lambda name: Tag.objects.get(name=name),
    }
    for row in load_json("following"):
        member = scene.members[row["handle"]]
        for kind, name, level in row["follows"]:
            set_level(member=member, target=target_of(kind, find[kind](name)), level=Level(level))
        for handle in row["blocks"]:
            block(member=member, person=scene.members[handle])
