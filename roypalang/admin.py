"""The admin's site: where moderators work."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _


class Site(admin.AdminSite):
    """The admin under our name; signing in goes through the site's own pages (two-factor too)."""

    site_header = _("Roypalang: moderation")
    site_title = _("Roypalang: moderation")
    index_title = _("What needs looking after")
