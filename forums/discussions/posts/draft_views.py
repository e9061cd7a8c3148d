"""What the scripts that keep drafts on a device ask the server."""

import uuid

from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from forums.discussions.posts.models import Post


@require_safe
@never_cache
def sent(request: HttpRequest) -> JsonResponse:
    """Whether the form filled in as `submission` has become a post of this member: {"sent": true}.

    An answer that was lost on the way leaves the writer's device with a draft of what is already
    there. It asks here before it offers the text a second time.
    """
    try:
        submission = uuid.UUID(request.GET.get("submission", ""))
    except ValueError:
        return JsonResponse({"sent": False})
    known = (
        request.user.is_authenticated
        and Post.objects.filter(author=request.user, submission=submission).exists()
    )
    return JsonResponse({"sent": known})
