"""What a thing says, as it is sealed."""

from forums.discussions.posts.models import Post
from forums.moderation.subjects import Subject


def words_of(subject: Subject) -> tuple[str, str]:
    """Its title, and all it says."""
    thing = subject.thing
    match subject.kind:
        case "topic":
            opening = Post.objects.filter(topic=thing, number=0, reply_number=0).first()
            return thing.title, opening.body if opening else ""
        case "post" | "activity":
            return subject.title, thing.body
        case "network":
            return thing.name, f"{thing.aim}\n\n{thing.story}".strip()
        case "member":
            return str(thing), thing.bio
        case _other:
            return subject.title, subject.words


def author_of(subject: Subject) -> int | None:
    """Whose it is, by id."""
    return subject.owner_id
