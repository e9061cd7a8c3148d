"""Saying that mails should be tried again."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.adapter import AccountAdapter
from accounts.bounces import actions
from forums.base.view_helpers import MemberRequest, signed_in


@require_POST
@signed_in
def write_again(request: MemberRequest) -> HttpResponse:
    """Mails go to her address again; one goes at once, so that she sees whether they come."""
    if actions.write_again(member=request.user):
        adapter, email = AccountAdapter(request), request.user.email
        adapter.send_mail("account/email/mail_again", email, {"user": request.user})
        if not adapter.stayed(request):
            said = _(
                "We write to %(email)s again, and have sent a mail to try it. If it has not come in an hour, the "
                "mailbox may be full or closed: then change the address."
            )
            messages.success(request, said % {"email": email})
    return redirect("account_email")
