"""The pages of common ground."""
