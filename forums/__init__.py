"""The forum: wings, in each a folder a noun, in each the same few files. See docs/architecture.md."""
