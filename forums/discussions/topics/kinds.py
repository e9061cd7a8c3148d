"""What topics register elsewhere."""

from forums.discussions.topics.sharing import sketch_of
from forums.sharing.registry import shared_kind

shared_kind("topics")(sketch_of)
