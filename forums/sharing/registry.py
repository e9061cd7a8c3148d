"""The kinds of things that have a picture: registered by the nouns that own them, in their `kinds.py`."""

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from forums.sharing.sketches import Sketch

type Loader = Callable[[int], Sketch | None]
_LOADERS: dict[str, Loader] = {}


def shared_kind(kind: str) -> Callable[[Loader], Loader]:
    """Register what gives the sketch of the thing with an id: None for what a visitor may not read."""

    def register(loader: Loader) -> Loader:
        _LOADERS[kind] = loader
        return loader

    return register


def sketch_of(kind: str, pk: int) -> "Sketch | None":
    """What the picture of a thing shows today; None for what is not there, or not for everyone."""
    loader = _LOADERS.get(kind)
    return loader(pk) if loader else None
