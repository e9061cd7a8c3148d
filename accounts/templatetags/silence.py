"""Whether a member only reads for now."""

from django import template

from accounts.silence import is_silenced

register = template.Library()
register.filter("is_silenced", is_silenced)
