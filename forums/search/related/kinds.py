"""Topics near a topic are looked for when it is written."""

from forums.discussions.posts.registry import on_topic_written
from forums.search.related.storing import relate

on_topic_written(relate)
