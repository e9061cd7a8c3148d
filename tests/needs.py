"""What some tests need beside the checkout: say so, and skip where it is missing.

A stranger's clone has neither the shared data nor a browser, and its tests still pass. Where
ROYPALANG_CI=1 (`.ci/run` sets it) both are promised, and a test without them fails instead.
"""

import os
import shutil
from pathlib import Path
from typing import NoReturn

import pytest

CHECKOUT = Path(__file__).resolve().parent.parent


def shared_folder() -> Path:
    """Where the shared data is, or would be."""
    return Path(os.environ.get("ROYPALANG_SHARED") or CHECKOUT.parent / "shared")


def needs_shared(*parts: str) -> Path:
    """The path `shared/<parts>` beside the checkout (or where ROYPALANG_SHARED points).

    Call it inside a test or a fixture: it skips, or in CI fails, where there is no such path.
    """
    path = shared_folder().joinpath(*parts)
    return path if path.exists() else _missing(f"needs {path}")


def needs_chromium() -> str:
    """The path of a Chromium: ROYPALANG_CHROMIUM, or the first one installed on this machine.

    The one made for running without a screen goes first: the same engine, at two thirds of the time.
    Call it inside a test or a fixture: it skips, or in CI fails, where there is none.
    """
    asked = os.environ.get("ROYPALANG_CHROMIUM")
    names = ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"]
    for name in [asked] if asked else names:
        if path := shutil.which(name):
            return path
    return _missing("needs Chromium (Debian: apt install chromium-headless-shell)")


def needs_program(*names: str) -> None:
    """Programs of the machine, such as gettext's: skips, or in CI fails, where one is missing."""
    for name in names:
        if not shutil.which(name):
            _missing(f"needs {name}")


def wants_program(*names: str) -> None:
    """The same of what is promised nowhere, CI included: skips where one is missing."""
    for name in names:
        if not shutil.which(name):
            pytest.skip(f"wants {name}")


def _missing(reason: str) -> NoReturn:
    if os.environ.get("ROYPALANG_CI") == "1":
        pytest.fail(f"{reason}, which is promised here")
    pytest.skip(reason)
