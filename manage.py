#!/usr/bin/env python
"""Django's command line for roypalang."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "roypalang.settings")
    try:
        from django.core.management import execute_from_command_line
    except ImportError:
        sys.exit("Django is missing: run `make run` once, then use .venv/bin/python manage.py …")
    from roypalang.building import build

    build()  # before anything reads it: style sheets, catalogues
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
