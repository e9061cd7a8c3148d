"""Fields that forms of every noun share."""

from typing import Any

from django import forms


class Text(forms.CharField):
    """What was typed, without NUL: PostgreSQL cannot keep one, and nobody types one."""

    def to_python(self, value: Any) -> str:
        return (super().to_python(value) or "").replace("\0", "")
