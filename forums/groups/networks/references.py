"""How a page names a network: rows of lists hold these, not models."""

from dataclasses import dataclass

from forums.groups.networks.models import network_url


@dataclass(slots=True)
class NetworkRef:
    """A network's name and address, and what its bead needs."""

    name: str
    url: str
    colour: str
    emblem: str

    @classmethod
    def of(cls, name: str, slug: str, colour: str, emblem: str) -> "NetworkRef":
        """From the columns of a network."""
        return cls(name, network_url(slug), colour, emblem)
