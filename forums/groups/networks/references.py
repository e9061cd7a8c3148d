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

    @classmethod
    def stand_in(cls) -> "NetworkRef":
        """One with `{name}` for every value, of which rows are printed by shape (decision 010)."""
        return cls("{network_name}", "{network_url}", "{colour}", "{emblem}")

    def values(self) -> dict[str, str]:
        """What to fill in where a stand-in was printed."""
        return {
            "network_name": self.name,
            "network_url": self.url,
            "colour": self.colour,
            "emblem": self.emblem,
        }
