"""Who reads: with her session in one statement, and herself from then on."""

from django.contrib.auth import middleware
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from accounts.known import who_came


class AuthenticationMiddleware(middleware.AuthenticationMiddleware):
    """Django's, which looks nobody up before somebody asks; then `request.user` is she, no stand-in that passes each word
    on: a page asks a hundred times.
    """

    def process_request(self, request: HttpRequest) -> None:
        super().process_request(request)

        def herself() -> object:
            with who_came(request.session.whose()):  # type: ignore[attr-defined]
                user = middleware.get_user(request)
            if request.user is stand_in:
                request.user = user
            return user

        stand_in = request.user = SimpleLazyObject(herself)  # type: ignore[assignment]
