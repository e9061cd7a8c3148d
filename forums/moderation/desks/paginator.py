"""Pages of the admin's lists, which never count a large table."""

from functools import cached_property

from django.core.paginator import Paginator

MOST = 1000  # rows a list shows; who looks further back searches or filters


class CappedPaginator(Paginator):
    """Counts at most `MOST` rows: counting all of 200,000 posts would cost more than the page."""

    @cached_property
    def count(self) -> int:
        return int(self.object_list.order_by()[:MOST].count())  # type: ignore[attr-defined]

    @property
    def is_capped(self) -> bool:
        """Are there perhaps more?"""
        return self.count >= MOST
