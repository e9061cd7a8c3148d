"""A short name for values: whether something is as it was when a form was opened on it."""

import hashlib
import json
from typing import Any


def digest(values: Any) -> str:
    """A short name for these values, the same whenever they are."""
    text = json.dumps(values, default=str, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:16]
