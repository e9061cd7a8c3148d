"""A device by the name people call it."""

from django import template

from accounts.devices import describe

register = template.Library()
register.filter("device", describe)
