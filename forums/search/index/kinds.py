"""The index follows every text that is written."""

from forums.discussions.posts.registry import on_post_written
from forums.search.index.entries import index_post

on_post_written(index_post)
