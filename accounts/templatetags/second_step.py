"""What a template of the second step asks."""

from collections.abc import Iterable

from django import template

from accounts.models import Member
from accounts.second_step import Factors, factors_of

register = template.Library()


@register.simple_tag
def second_step(member: Member) -> Factors:
    """What a member has set up for her second step: on allauth's pages, whose views do not know."""
    return factors_of(member)


@register.filter
def one_a_line(codes: Iterable[str]) -> str:
    """As a text to copy: in a template of ours a line break prints nothing."""
    return "\n".join(codes)
