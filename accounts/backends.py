"""Signing in with a handle or an address, however either is typed."""

from allauth.account.auth_backends import AuthenticationBackend as AllauthBackend

from accounts.known import member_at
from accounts.models import Member, password_forms
from forums.text.handles import handle_key


class AuthenticationBackend(AllauthBackend):
    """allauth's, finding a handle by its key: น้ํา is น้ำ, MALEE is malee, and an index is used.

    It keeps allauth's two promises: one password is checked whether or not there is such an
    account (so the time says nothing), and a suspended member's right password leads to a page
    that says so.
    """

    def _authenticate_by_username(self, username: str, password: str) -> Member | None:
        member = Member.objects.filter(handle_key=handle_key(username)).first()
        return self._check_password(member, password)

    def _mitigate_timing_attack(self, password: str) -> None:
        for _form in password_forms(password):  # as many as a member's are compared with
            super()._mitigate_timing_attack(password)

    def get_user(self, user_id: int) -> Member | None:
        """Who is signed in: asked on every page of a member, so by a constant statement."""
        member = member_at(user_id)
        return member if member and self.user_can_authenticate(member) else None
