"""What is held of who wrote a card: it was in a network's name."""

from forums.base.personal import acted
from forums.knowledge.glossary.models import Meaning, Word

acted(Word, "made_by")
acted(Meaning, "author")
