"""A network's memory: called by every action that changes something of it."""

from typing import Any

from django.utils import timezone

from forums.groups.networks.models import Happened, Happening


def happened(network_id: int, what: Happened, *, actor: Any = None, **about: Any) -> Happening:
    """Add a line to the history. `about`: member, organisation, other, topic, activity, details."""
    return Happening.objects.create(
        network_id=network_id, what=what, actor=actor, created_at=timezone.now(), **about
    )
