"""What is held of who wrote a card: it was in a network's name; and whether a topic has any."""

from forums.base.personal import acted
from forums.discussions.topics.registry import known_with_topic
from forums.knowledge.glossary.cards import HAS_WORDS
from forums.knowledge.glossary.models import Meaning, Word

known_with_topic(
    HAS_WORDS, "EXISTS (SELECT FROM forums_word w WHERE w.topic_id = t.id)", of_visitors=True
)
acted(Word, "made_by")
acted(Meaning, "author")
