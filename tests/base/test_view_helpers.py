"""How a form comes to an action, and what is answered."""

import pytest
from django import forms
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse

from forums.base.errors import ForumError, NotAllowed, Stale
from forums.base.view_helpers import Submission, posted, signed_in


class Question(forms.Form):
    why = forms.CharField()


def submitted(request, error: ForumError | None = None, **how) -> tuple[Question, Submission[str]]:
    def write(data) -> str:
        if error:
            raise error
        return data["why"]

    form = Question(*posted(request))
    return form, Submission(form, write, **how)


def test_a_form_that_is_only_asked_for_is_shown(rf):
    form, sent = submitted(rf.get("/"))
    assert (sent.done, sent.status, form.is_bound) == (False, 200, False)


@pytest.mark.parametrize("typed", [{}, {"why": " "}])
def test_what_is_filled_in_wrongly_comes_again(rf, typed):
    form, sent = submitted(rf.post("/", typed))
    assert (sent.done, sent.status) == (False, 400)
    assert form["why"].errors


def test_what_is_refused_comes_again_with_the_reason_above_it(rf):
    form, sent = submitted(rf.post("/", {"why": "ก"}), Stale())
    assert (sent.done, sent.status) == (False, 409)
    assert form.non_field_errors() == [str(sent.refusal)]
    assert form["why"].value() == "ก"


def test_a_refusal_may_be_said_elsewhere_or_pass(rf):
    request = rf.post("/", {"why": "ก"})
    _form, sent = submitted(request, Stale(), refuse=lambda form, error: 418)
    assert sent.status == 418
    with pytest.raises(NotAllowed):
        submitted(request, NotAllowed(), passing=NotAllowed)


def test_what_is_done_brings_what_was_made(rf):
    _form, sent = submitted(rf.post("/", {"why": "ก"}))
    assert (sent.done, sent.made) == (True, "ก")


@pytest.mark.django_db
def test_a_visitor_is_sent_to_sign_in_and_a_member_let_in(rf, malee):
    view = signed_in(lambda request: HttpResponse(request.user.handle))
    request = rf.get("/here/")
    request.user = AnonymousUser()
    assert view(request).status_code == 302
    request.user = malee
    assert view(request).content.decode() == malee.handle
