"""Guessing what another network thinks."""
