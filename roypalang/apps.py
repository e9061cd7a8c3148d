"""Two of Django's apps with our wishes: the admin with our site in its place (Thai titles, lists that never count)."""

from django.contrib.admin.apps import AdminConfig
from django.contrib.staticfiles.apps import StaticFilesConfig


class Admin(AdminConfig):
    """Puts `forums.moderation.desks.site.Site` where `django.contrib.admin.site` stands."""

    default_site = "forums.moderation.desks.site.Site"

    def ready(self) -> None:
        from roypalang import checks  # noqa: F401 - registers them

        super().ready()


class StaticFiles(StaticFilesConfig):
    """Leaves out what is only the source of a file: css/src is put together into css/site.css, js/worker into /sw.js."""

    ignore_patterns = [*StaticFilesConfig.ignore_patterns, "src", "worker"]
