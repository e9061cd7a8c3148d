"""What the drills type into the site's shell: run seldom and for hours, so it is read with every run of the tests."""

import ast
import importlib
from collections.abc import Iterator
from pathlib import Path

import pytest

DRILLS = sorted(set(Path(__file__).parent.glob("*.py")) - {Path(__file__)})


def scripts(file: Path) -> Iterator[ast.Module]:
    """Each text in a drill that is Python and imports something of ours; braces of `format` stand for a name."""
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            text = node.value.replace("{{", "{").replace("}}", "}")
            if "from forums." in text or "from accounts." in text:
                yield ast.parse(text)


def imports() -> list[tuple[str, str, str]]:
    found = [
        (file.name, each.module or "", name.name)
        for file in DRILLS
        for script in scripts(file)
        for each in ast.walk(script)
        if isinstance(each, ast.ImportFrom)
        for name in each.names
    ]
    assert len(found) > 5
    return found


@pytest.mark.parametrize(("drill", "module", "name"), imports())
def test_a_script_names_what_is_there(drill, module, name):
    assert hasattr(importlib.import_module(module), name), f"{drill}: {module}.{name}"
