"""Who differs: the two networks farthest apart on a statement."""

from forums.knowledge.opinions.tallies import Finding
from forums.knowledge.results.figures import StatementFigures


def sides_of(figures: StatementFigures | None) -> tuple[int, int] | None:
    """The networks of which most and fewest agree; None where no networks differ. Of equal ones the older."""
    if figures is None or figures.finding is not Finding.DIFFERS or len(figures.shares) < 2:
        return None
    agreeing = sorted(figures.shares, key=lambda share: (-share.agree, share.network))
    most = agreeing[0]
    fewest = min(agreeing[1:], key=lambda share: (share.agree, share.network))
    return most.network, fewest.network
