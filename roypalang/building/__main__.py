"""`make build`: says what it made."""

from roypalang.building import build

for path in build():
    print(path)
