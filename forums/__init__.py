"""The forum: one package a noun, each with the same few files. See docs/architecture.md."""
