"""What holds a member and what she said beside each other has no page: not in the admin, not for moderators."""

import pytest
from django.apps import apps
from django.contrib import admin

from forums.discussions.polls.models import PollBallot
from forums.knowledge.differences.models import DifferenceAnswer
from forums.knowledge.guesses.models import GuessProgress, NetworkGuess
from forums.knowledge.portrayals.models import Judging
from forums.knowledge.results.models import PublishedResults
from forums.knowledge.voting.models import Ballot, StatementVote

SECRET = (
    *(Ballot, StatementVote, PollBallot, DifferenceAnswer, Judging),
    *(GuessProgress, NetworkGuess, PublishedResults),
)


@pytest.mark.parametrize("model", SECRET)
def test_the_admin_has_no_desk_of_it(model):
    assert model not in admin.site._registry
    lines = [line for desk in admin.site._registry.values() for line in desk.inlines]
    assert model not in [line.model for line in lines]


def test_a_guess_names_no_member_and_no_moment():
    """Nor does any table point at one: nothing leads from a guess to whose it was."""
    fields = {field.name for field in NetworkGuess._meta.get_fields()}
    assert fields == {"id", "viewer", "target", "statement", "round", "guess", "told", "month"}
    pointing = [
        field
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if field.concrete and field.related_model is NetworkGuess
    ]
    assert pointing == []
