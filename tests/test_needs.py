"""What is promised in CI and absent must fail there, and only there."""

import pytest

from tests.needs import needs_chromium, needs_shared


@pytest.fixture(params=[needs_shared, needs_chromium])
def unmet(request, monkeypatch, tmp_path):
    monkeypatch.setenv("ROYPALANG_SHARED", str(tmp_path / "absent"))
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("ROYPALANG_CHROMIUM", raising=False)
    return request.param


def test_an_unmet_need_skips_on_a_strangers_machine(unmet, monkeypatch):
    monkeypatch.delenv("ROYPALANG_CI", raising=False)
    with pytest.raises(pytest.skip.Exception, match="needs"):
        unmet()


def test_an_unmet_need_fails_in_ci(unmet, monkeypatch):
    monkeypatch.setenv("ROYPALANG_CI", "1")
    with pytest.raises(pytest.fail.Exception, match="promised"):
        unmet()


def test_a_met_need_gives_the_path(monkeypatch, tmp_path):
    (tmp_path / "data").mkdir()
    monkeypatch.setenv("ROYPALANG_SHARED", str(tmp_path))
    assert needs_shared("data") == tmp_path / "data"
