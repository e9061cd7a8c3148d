"""What pages of signing in and settings ask about providers."""

from allauth.socialaccount.models import SocialAccount
from django import template

from accounts.models import Member
from accounts.providers.offered import NAMES, Offered, offered

register = template.Library()
register.simple_tag(offered, name="providers_offered")


@register.filter
def names(providers: list[Offered]) -> str:
    """LINE, Google."""
    return ", ".join(one.name for one in providers)


@register.simple_tag
def providers_connected(member: Member) -> str:
    """The names of those that open a member's account; one query."""
    found = SocialAccount.objects.filter(user=member).order_by("date_joined")
    return ", ".join(NAMES.get(name, name) for name in found.values_list("provider", flat=True))
