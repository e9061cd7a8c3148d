"""A network's memory: called by every action that changes something of it."""

from typing import Any

from django.utils import timezone

from forums.groups.networks.models import Event, EventKind


def record_event(network_id: int, what: EventKind, *, actor: Any = None, **about: Any) -> Event:
    """Add a line to the history. `about`: member, organisation, other, topic, activity, details."""
    return Event.objects.create(
        network_id=network_id, what=what, actor=actor, created_at=timezone.now(), **about
    )
