"""No page of a network reads more as networks, members and posts grow: what PostgreSQL itself says."""

import io

import pytest
from django.core.management import call_command
from django.db import connection

from accounts.models import Member
from forums.discussions.topics.models import Topic
from forums.groups.memberships.models import Membership
from forums.groups.networks.models import Tie
from tests.benchmarks import network_cases
from tests.benchmarks.plans import queries_of, work_of
from tests.benchmarks.report import QUERIES_OF_NETWORKS
from tests.emptying import new_files

NETWORKS, MEMBERSHIPS = 400, 6000
# Rows a page may read here; the directory's search looks at each name, its counts at each network, and
# of a table as small as these the planner would rather read the whole.
ROWS = {"networks": 4 * NETWORKS + 100, "network": 900, "five networks": 400, "long topic": 400}


@pytest.fixture
def pages(db) -> tuple[Member, dict[str, str]]:
    """A member of several networks, and the pages that are measured, in much smaller a load.

    In new files, until all this is undone: what the tests before wrote, undone or deleted, still lies in the
    tables' own, and the planner goes by their size.
    """
    new_files()
    call_command(
        "seed_load", posts=2500, members=500, long_topic=900, networks=NETWORKS,
        memberships=MEMBERSHIPS, stdout=io.StringIO(), stderr=io.StringIO(),
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    member = network_cases.reader()
    long = Topic.objects.order_by("-last_number")[0]
    return member, network_cases.Picked.for_reader(member, long).pages()


def test_no_page_of_a_network_reads_much_of_what_there_is(pages, as_):
    member, addresses = pages
    assert Membership.objects.count() == MEMBERSHIPS
    assert Tie.objects.count() > 5 * NETWORKS
    too_much = []
    for who, client in (("visitor", as_(None)), ("member", as_(member))):
        for name, address in addresses.items():
            client.get(address)  # what is read once a minute is read now
            with queries_of() as found:
                answer = client.get(address)
            assert answer.status_code == 200, (name, who)
            work = work_of(found)
            most = next(rows for begin, rows in ROWS.items() if name.split(",")[0] == begin)
            if work.queries > QUERIES_OF_NETWORKS or work.rows > most:
                too_much.append(
                    f"{name} · {who}: {work.queries} queries, {work.rows} rows: {work.by_table}"
                )
    assert not too_much
