"""Django's admin, with our site in its place (Thai titles, lists that never count)."""

from django.contrib.admin.apps import AdminConfig


class Admin(AdminConfig):
    """Puts `roypalang.admin.Site` where `django.contrib.admin.site` stands."""

    default_site = "roypalang.admin.Site"
