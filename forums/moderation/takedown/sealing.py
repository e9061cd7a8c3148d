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
            links = "\n".join(map(str, thing.links or ()))
            return f"{thing} @{thing.handle}", f"{thing.bio}\n\n{links}".strip()
        case "organisation":
            return thing.name, f"{thing.about}\n\n{thing.website}".strip()
        case "picture":
            return subject.title, "\n\n".join(filter(None, [thing.alt, thing.caption]))
        case "line":
            said = (thing.date.isoformat(), thing.source, thing.purpose, f"{thing.amount}")
            return subject.title, "\n".join(filter(None, [*said, thing.document_link]))
        case "statement":
            return subject.title, thing.body
        case "poll":
            said = (thing.question, thing.about, *thing.options)
            return subject.title, "\n".join(filter(None, said))
        case "message":
            return subject.title, thing.copy["text"]  # what moderators see of it
        case _other:
            return subject.title, subject.words


def text_of(subject: Subject) -> Post | None:
    """The post whose passages can be taken down: a comment, or a topic's own text."""
    if subject.kind == "topic":
        return Post.objects.filter(topic=subject.thing, number=0, reply_number=0).first()
    return subject.thing if subject.kind == "post" else None


def author_of(subject: Subject) -> int | None:
    """Whose it is, by id."""
    return subject.owner_id
