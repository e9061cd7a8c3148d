"""The index follows every text that is written, and forgets what is to be forgotten."""

from forums.discussions.posts.registry import on_post_written, on_texts_forgotten
from forums.search.index.entries import forget, index_post

on_post_written(index_post)
on_texts_forgotten(forget)
