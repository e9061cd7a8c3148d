"""What wings to the right know of a topic and who reads it; each registers it in its `kinds.py`."""

_KNOWN: dict[str, str] = {}


def known_with_topic(name: str, scalar: str) -> None:
    """Register what is asked with a topic that a member opens, in the one statement that finds it: `topic.known[name]`.

    A scalar of SQL; the topic is `t`, its board `b`, the reader's id `%(me)s` (values of `forums.base.visibility.reader`).
    Every page of a topic asks it, so an index must answer it. Of a visitor nothing is asked.
    """
    _KNOWN[name] = scalar


def known_sql() -> dict[str, str]:
    """What was registered, by name."""
    return _KNOWN
