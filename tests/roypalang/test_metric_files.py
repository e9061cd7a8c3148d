"""What a process counted is added up when it ends, by the one that started it."""

import json
import os
import subprocess
import sys

from roypalang.metric_files import fold
from tests.needs import CHECKOUT

FORKS = """
import json, os, sys
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
from prometheus_client.multiprocess import MultiProcessCollector
from roypalang.metric_files import fold

own = CollectorRegistry()
counter = Counter("c", "c", ["of"], registry=own)
histogram = Histogram("h", "h", buckets=(1, 2), registry=own)
gauge = Gauge("g", "g", multiprocess_mode="livesum", registry=own)

def told():
    registry = CollectorRegistry()
    MultiProcessCollector(registry)
    return {s.name + str(s.labels): s.value for m in registry.collect() for s in m.samples}

seen = []
for number in range(3):
    pid = os.fork()
    if not pid:
        counter.labels("ก").inc(number + 1)
        histogram.observe(number)
        gauge.set(7)
        os._exit(0)
    os.waitpid(pid, 0)
    before = {k: v for k, v in told().items() if not k.startswith("g")}
    fold(pid)
    after = told()
    seen.append([before == {k: v for k, v in after.items() if not k.startswith("g")}, after])
print(json.dumps([seen, sorted(os.listdir(os.environ["PROMETHEUS_MULTIPROC_DIR"]))]))
"""


def test_of_three_that_ended_one_file_a_kind_is_left_and_nothing_lost(tmp_path):
    ran = subprocess.run(
        [sys.executable, "-c", FORKS], cwd=CHECKOUT, capture_output=True, text=True,
        env=os.environ | {"PROMETHEUS_MULTIPROC_DIR": str(tmp_path)}, check=True,
    )  # fmt: skip
    seen, files = json.loads(ran.stdout)
    assert all(same for same, _after in seen)
    last = seen[-1][1]
    assert last["c_total{'of': 'ก'}"] == 6
    assert last["h_count{}"] == last["h_bucket{'le': '+Inf'}"] == 3
    assert last.get("g{}", 0) == 0  # the dead have no share in what goes on
    assert [file for file in files if "ended" in file] == ["counter_ended.db", "histogram_ended.db"]


def test_one_that_was_killed_while_it_wrote_spoils_nothing(tmp_path, monkeypatch):
    monkeypatch.setenv("PROMETHEUS_MULTIPROC_DIR", str(tmp_path))
    (tmp_path / "counter_77.db").write_bytes(b"\xff\xff\0\0" + b"\1" * 200)
    fold(77)
    assert not (tmp_path / "counter_77.db").exists()


def test_where_nothing_is_counted_nothing_is_to_be_done(monkeypatch):
    monkeypatch.delenv("PROMETHEUS_MULTIPROC_DIR", raising=False)
    fold(77)
