"""deploy/prometheus: the rules speak of figures the site has, and do what they say."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from django.core.cache import caches

from forums.vitals import gauges
from roypalang import measuring
from roypalang.measuring import counted

FOLDER = Path(__file__).resolve().parent.parent / "deploy/prometheus"
RULES = FOLDER / "roypalang.rules.yml"
OF_REPLICAS = {"roypalang_replica_lag_seconds"}  # tried in tests/vitals/test_gauges.py


@pytest.fixture
def figures(db) -> set[str]:
    """The names of all that /metrics may say."""
    caches["process"].clear()
    measuring.counted.cache_clear()
    names = {each.name for each in gauges.gauges()} | OF_REPLICAS
    for family in counted().registry.collect():
        suffixes = {"counter": ["_total"], "histogram": ["_bucket", "_sum", "_count"]}
        names |= {f"{family.name}{end}" for end in suffixes.get(family.type, [""])}
    measuring.counted.cache_clear()
    return names


def test_the_rules_ask_for_figures_that_there_are(figures):
    expressions = re.sub(r"(?m)^\s*(- alert|summary|do|#).*$", "", RULES.read_text())
    asked = set(re.findall(r"roypalang_\w+", expressions))
    assert len(asked) > 12
    assert asked <= figures


def test_each_rule_says_what_is_the_matter_and_what_to_do():
    rules = RULES.read_text().split("- alert: ")[1:]
    for rule in rules:
        assert re.search(r"severity: (page|ticket)\}", rule), rule
        assert re.search(r'summary: ".+\."', rule), rule
        assert "do: " in rule, rule
    tried = (FOLDER / "roypalang.rules.test.yml").read_text()
    assert f"value: {len(rules)}" in tried  # on the worst of days every one speaks


def test_the_rules_are_as_prometheus_reads_them_and_speak_when_they_should():
    if not shutil.which("promtool"):  # of Debian's package prometheus
        pytest.skip("needs promtool")
    for asked in (
        ["check", "rules", RULES.name],
        ["test", "rules", "roypalang.rules.test.yml"],
    ):
        ran = subprocess.run(
            ["promtool", *asked], cwd=FOLDER, capture_output=True, text=True, timeout=120
        )
        assert ran.returncode == 0, ran.stdout + ran.stderr
