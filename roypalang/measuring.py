"""What is counted of the site's work, for /metrics. Where nobody may ask for it (no METRICS_TOKEN), nothing is, and nothing
is loaded.

Labels are names of the code alone, so their number is bounded by it: an address, a word or a member's number never is one.
"""

from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest

# Seconds. A page that keeps its promise is in the first three.
BUCKETS = (0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
METHODS = frozenset(("GET", "HEAD", "POST", "OPTIONS"))
NOWHERE = "none"  # what leads to no page of ours, or was refused before one was looked for
STATIC = "static"


class SiteCounters:
    """Counters of this process; those of one gunicorn share a folder (`metric_files`)."""

    def __init__(self) -> None:
        from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

        self.registry = registry = CollectorRegistry()
        self.requests = Counter(
            "roypalang_requests", "Requests answered.", ["view", "method", "status"], registry=registry
        )  # fmt: skip
        self.seconds = Histogram(
            "roypalang_request_seconds", "How long answers took.", ["view"],
            buckets=BUCKETS, registry=registry,
        )  # fmt: skip
        self.under_way = Gauge(
            "roypalang_requests_under_way", "Requests that are being answered.",
            multiprocess_mode="livesum", registry=registry,
        )  # fmt: skip
        self.slow = Counter(
            "roypalang_slow_statements", "Statements that kept a page waiting.", ["view"],
            registry=registry,
        )  # fmt: skip
        self.caches = Counter(
            "roypalang_cache_looks", "Looks into a cache.", ["cache", "found"], registry=registry
        )
        self.searches = Counter(
            "roypalang_searches_capped", "Searches that did not look at all there is.", ["by"],
            registry=registry,
        )  # fmt: skip


@cache
def counted() -> SiteCounters:
    """Made when something is counted first, so after processes were parted."""
    return SiteCounters()


def view_of(request: HttpRequest) -> str:
    """The name of the page that was asked for."""
    if found := request.resolver_match:
        return found.view_name
    return STATIC if request.path_info.startswith(settings.STATIC_URL) else NOWHERE


def method_of(request: HttpRequest) -> str:
    return str(request.method) if request.method in METHODS else "other"


@cache
def _look(cache_name: str, found: bool) -> Any:
    return counted().caches.labels(cache_name, "yes" if found else "no")


def looked_into(cache_name: str, *, found: bool) -> None:
    """Count a look into a cache."""
    if settings.METRICS_TOKEN:
        _look(cache_name, found).inc()


def search_capped(by: str) -> None:
    """Count a search that was ended by a limit: `time`, `newest` (only those were looked at), or `most` it may find."""
    if settings.METRICS_TOKEN:
        counted().searches.labels(by).inc()


def statement_was_slow(view: str) -> None:
    """Count a statement that kept a page waiting (`slow_statements`)."""
    if settings.METRICS_TOKEN:
        counted().slow.labels(view).inc()
