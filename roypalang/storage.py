"""Static files under names that change with their content, compressed beforehand."""

import re
from collections.abc import Iterator
from typing import Any

from django.core.files.base import ContentFile, File
from django.core.files.storage import Storage
from whitenoise.storage import CompressedManifestStaticFilesStorage

COMMENT_OR_INDENT = re.compile(rb"^\s*//.*\n|^\s+", re.M)


class _WithoutComments:
    """What the sources of our scripts say to people stays behind: it would be a third of what is sent."""

    def __init__(self, source: Storage) -> None:
        self.source = source

    def open(self, path: str) -> "File[bytes]":
        with self.source.open(path) as file:
            return ContentFile(without_comments(file.read()))


def without_comments(script: bytes) -> bytes:
    """A script of ours as it is sent."""
    return COMMENT_OR_INDENT.sub(b"", script)


class StaticStorage(CompressedManifestStaticFilesStorage):
    """Knows that a script names others: what `import` says becomes the hashed name too.

    Of our own scripts whole-line comments and indentation are left out, so in static/js/ no text over
    several lines minds its indentation.
    """

    support_js_module_import_aggregation = True

    def post_process(self, paths: dict[str, Any], *args: Any, **options: Any) -> Iterator[Any]:
        """See Django's; `paths` are the files that were collected: name → storage, path there."""
        sent = {
            name: (_WithoutComments(where), path)
            if re.match(r"js/.*\.js$", name)
            else (where, path)
            for name, (where, path) in paths.items()
        }
        yield from super().post_process(sent, *args, **options)
