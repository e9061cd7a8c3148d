"""What the first step registers elsewhere: who is led to it."""

from django.urls import reverse

from accounts.models import Member
from accounts.registry import first_page
from forums.discussions.posts.permissions import is_new_here


@first_page
def lead(member: Member) -> str:
    """Who is new here. Not whom an invitation or an import has brought into a network before she came."""
    return reverse("first_step") if is_new_here(member) else ""
