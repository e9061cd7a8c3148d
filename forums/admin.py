"""Wiring only: finds the moderators' desks, each of which registers its table."""

from forums.apps import load

load("desks/tables/[!_]*")
