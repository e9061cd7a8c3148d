"""Wiring only: finds each noun's tables for Django. Nothing imports this module."""

from forums.apps import load

load("models")
