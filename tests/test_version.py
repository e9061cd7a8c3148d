"""One number for a version: what pyproject.toml says, the lock file and the changelog say, too."""

import re
import tomllib

from tests.needs import CHECKOUT


def test_the_version_is_the_same_everywhere():
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text())["project"]["version"]
    lock = tomllib.loads((CHECKOUT / "uv.lock").read_text())["package"]
    (locked,) = [each["version"] for each in lock if each["name"] == "roypalang"]
    newest = re.search(r"^## (\d+\.\d+\.\d+) ", (CHECKOUT / "CHANGELOG.md").read_text(), re.M)
    assert (locked, newest[1]) == (project, project)
