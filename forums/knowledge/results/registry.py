"""What follows, in the same transaction, when results were computed: wings to the right register it."""

from collections.abc import Callable, Sequence

from forums.knowledge.voting.models import Round

type Repeated = Sequence[tuple[int, Sequence[int]]]
type OnRepeated = Callable[[Round, Repeated], None]
_ON_REPEATED: list[OnRepeated] = []


def on_repeated(then: OnRepeated) -> OnRepeated:
    """Register what is done about ballots of one network that are alike and were cast within an hour; a decorator.

    The function is given the round, and for each set of them the network (id) and the ballots (ids).
    """
    _ON_REPEATED.append(then)
    return then


def were_repeated(round_: Round, repeated: Repeated) -> None:
    """Ballots were found that count once, and were not there when it was last computed."""
    for then in _ON_REPEATED:
        then(round_, repeated)
