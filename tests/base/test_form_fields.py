"""Fields that forms of every noun share."""

import uuid

import pytest
from django import forms
from django.core.exceptions import ValidationError

from forums.base.form_fields import Hidden, Text
from forums.base.limits import read_length


@pytest.mark.parametrize(
    "value",
    [None, "", "ค่า \"<&'>", 0, 12, False, True, uuid.UUID(int=7)],
    ids=repr,
)
@pytest.mark.parametrize("attrs", [None, {"id": "id_seen"}, {"id": "id_seen", "data-x": True}])
def test_a_hidden_field_is_what_django_prints(value, attrs):
    django, ours = (widget().render("seen", value, attrs) for widget in (forms.HiddenInput, Hidden))
    assert ours == django


def test_what_is_far_too_long_is_told_the_limit_of_what_is_stored():
    field = Text(limit=20)
    assert field.clean("ก" * 80) == "ก" * 80, "what cleans it may make it fit"
    with pytest.raises(ValidationError, match="มี 81 ตัวอักษร ใส่ได้ไม่เกิน 20'"):
        field.clean("ก" * 81)
    with pytest.raises(ValidationError, match="มี 60 ตัวอักษร ใส่ได้ไม่เกิน 20'"):
        Text(limit=20, count=read_length).clean("กี่" * 60)
