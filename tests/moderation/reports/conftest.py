"""Something to report, and people who report it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Member
from forums.discussions.posts.models import Post
from forums.groups.memberships.models import Membership
from forums.groups.networks.models import Network
from forums.moderation.reports.actions import report
from forums.moderation.reports.models import Problem, ProblemReport
from forums.moderation.subjects import of_post
from tests.make import join, make_member, make_network, make_post, make_topic


@pytest.fixture
def post(malee) -> Post:
    """A comment of Malee's."""
    made = make_post(make_topic(), malee)
    return Post.objects.select_related("topic__board").get(pk=made.pk)


@pytest.fixture
def member_of() -> Callable[..., Member]:
    """Somebody who has been in these networks for a month."""

    def make(*networks: Network, **fields: object) -> Member:
        member = make_member(**fields)
        for network in networks:
            join(network, member)
        month = timezone.now() - timedelta(days=30)
        Membership.objects.filter(member=member).update(joined_at=month)
        return member

    return make


@pytest.fixture
def rivers(db) -> Network:
    return make_network("คนรักแม่น้ำ")


@pytest.fixture
def hills(db) -> Network:
    return make_network("คนรักดอย")


def send(member: Member, post: Post, problem: str = Problem.RUDE, **how: object) -> ProblemReport:
    return report(member=member, subject=of_post(post), problem=problem, **how)
