from django.urls import path
from django.views.decorators.http import require_safe
from django.views.generic import RedirectView

from forums.moderation.desks import views

# What members ask the moderators for once stood under another name.
_MOVED = require_safe(
    RedirectView.as_view(
        url="/admin/forums/staffrequest/%(rest)s", permanent=True, query_string=True
    )
)

urlpatterns = [
    path("moderation/act/<slug:act>/", views.act, name="moderation_act"),
    path("admin/forums/plea/<path:rest>", _MOVED),
    path("admin/forums/plea/", _MOVED, {"rest": ""}),
]
