"""What networks register elsewhere."""

from forums.groups.networks.sharing import sketch_of
from forums.sharing.registry import shared_kind

shared_kind("networks")(sketch_of)
