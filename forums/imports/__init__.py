"""Bringing discussions in from elsewhere: what came from where is remembered, so twice is once."""
