"""/metrics: what the site counts and keeps, in OpenMetrics, for the program of the machine's keeper."""

import os
from collections.abc import Callable, Iterator
from time import perf_counter
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers

from forums.vitals.gauges import VitalGauge, gauges
from roypalang.keeper import is_keeper
from roypalang.measuring import counted, method_of, view_of
from roypalang.metric_files import FOLDER, held

if TYPE_CHECKING:
    from prometheus_client import CollectorRegistry, Metric

Handler = Callable[[HttpRequest], HttpResponse]


def metrics(request: HttpRequest) -> HttpResponse:
    """All of it; nothing is here for a stranger."""
    if not is_keeper(request):
        raise Http404
    from prometheus_client.exposition import choose_encoder

    write, kind = choose_encoder(request.headers.get("Accept", ""))
    answer = HttpResponse(_written(write), content_type=kind)
    add_never_cache_headers(answer)
    return answer


def _written(write: Callable[..., bytes]) -> bytes:
    """What this process counted; under gunicorn, what all of them did."""
    from prometheus_client import CollectorRegistry
    from prometheus_client.multiprocess import MultiProcessCollector

    kept = gauges()  # before files are held: whoever folds them does not wait for the database
    folder = os.environ.get(FOLDER)
    if not folder:
        return write(_Together(counted().registry, kept))
    shared = CollectorRegistry()
    with held(folder):
        MultiProcessCollector(shared, path=folder)
        return write(_Together(shared, kept))


class _Together:
    """What is counted, then what is kept, as the library reads both."""

    def __init__(self, registry: "CollectorRegistry", kept: list[VitalGauge]) -> None:
        self._registry, self._kept = registry, kept

    def collect(self) -> "Iterator[Metric]":
        from prometheus_client.core import GaugeMetricFamily

        yield from self._registry.collect()
        for each in self._kept:
            family = GaugeMetricFamily(each.name, each.help, labels=each.labels)
            for labels, value in each.values:
                family.add_metric(labels, value)
            yield family


class MeasureRequests:
    """Counts each request, and how long its answer took, by the name of its page."""

    def __init__(self, get_response: Handler) -> None:
        if not settings.METRICS_TOKEN:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        known, began = counted(), perf_counter()
        with known.under_way.track_inprogress():
            response = self.get_response(request)
        view = view_of(request)
        known.seconds.labels(view).observe(perf_counter() - began)
        known.requests.labels(view, method_of(request), str(response.status_code)).inc()
        return response
