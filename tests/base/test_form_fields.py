"""Fields that forms of every noun share."""

import uuid

import pytest
from django import forms

from forums.base.form_fields import Hidden


@pytest.mark.parametrize(
    "value",
    [None, "", "ค่า \"<&'>", 0, 12, False, True, uuid.UUID(int=7)],
    ids=repr,
)
@pytest.mark.parametrize("attrs", [None, {"id": "id_seen"}, {"id": "id_seen", "data-x": True}])
def test_a_hidden_field_is_what_django_prints(value, attrs):
    django, ours = (widget().render("seen", value, attrs) for widget in (forms.HiddenInput, Hidden))
    assert ours == django
