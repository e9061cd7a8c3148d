"""Where the database is, and where replicas of it are, as the environment says."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from roypalang.databases import databases


@pytest.fixture
def said(monkeypatch):
    def say(url: str | None, replicas: str = ""):
        monkeypatch.setenv("DATABASE_URL", url or "")
        monkeypatch.setenv("DATABASE_REPLICAS", replicas)
        return databases()

    return say


def test_without_an_address_the_embedded_server_is_meant(said):
    (found,) = said(None).values()
    assert found["ENGINE"] == "roypalang.embedded_postgres"
    assert found["CONN_MAX_AGE"] == 600


def test_one_server(said):
    (found,) = said("postgresql://malee:p%40ss@db.example:5433/site?sslmode=require").values()
    assert (found["USER"], found["PASSWORD"], found["HOST"]) == ("malee", "p@ss", "db.example")
    assert (found["PORT"], found["NAME"]) == (5433, "site")
    assert found["OPTIONS"]["sslmode"] == "require"
    assert "target_session_attrs" not in found["OPTIONS"]
    assert found["OPTIONS"]["options"] == "-c plan_cache_mode=force_generic_plan"


@pytest.mark.parametrize("user", ["", "malee@", "malee:p%2Css@"])
def test_of_several_hosts_the_one_that_may_be_written_to_is_taken(said, user):
    (found,) = said(
        f"postgresql://{user}one.example,two.example:5433/site?sslmode=require"
    ).values()
    assert (found["HOST"], found["PORT"]) == ("one.example,two.example", "5432,5433")
    assert (found["NAME"], found["USER"]) == ("site", user.rstrip("@").partition(":")[0])
    assert found["OPTIONS"]["target_session_attrs"] == "read-write"
    assert found["OPTIONS"]["sslmode"] == "require"


def test_whoever_says_which_of_them_is_meant_is_heard(said):
    (found,) = said("postgresql://one,two/site?target_session_attrs=primary").values()
    assert found["OPTIONS"]["target_session_attrs"] == "primary"


def test_replicas_are_only_read(said):
    found = said("postgresql://one/site", "postgresql://two/site, postgresql://three:6000/site")
    assert [*found] == ["default", "replica_1", "replica_2"]
    assert found["replica_2"]["HOST"] == "three"
    for alias in ("replica_1", "replica_2"):
        assert "default_transaction_read_only=on" in found[alias]["OPTIONS"]["options"]
        assert found[alias]["OPTIONS"]["connect_timeout"] == 2
        assert found[alias]["TEST"] == {"MIRROR": "default"}
    assert "read_only" not in found["default"]["OPTIONS"]["options"]


@pytest.mark.parametrize(
    "url", ["postgresql://a:secret@host:port/site", "one.example", "ftp://a:secret@b/c"]
)
def test_what_is_no_address_is_refused_without_its_password(said, url):
    with pytest.raises(ImproperlyConfigured, match="no address of a database") as refused:
        said(url)
    assert "secret" not in str(refused.value)
