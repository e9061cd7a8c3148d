"""The results page: statements that find posts, their order, their passages, and what else bears the name."""
