"""What a copy is made of: of each thing that is held, the rows; her pictures; a page that says what each file is."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from accounts.actions import picture_path
from accounts.models import PICTURE_SIZES
from forums.base.personal import Holding, holdings
from forums.pictures.files import picture_paths
from forums.pictures.models import Attachment
from forums.privacy.copies.files import add_rows, folder
from forums.privacy.copies.models import PersonalCopy
from roypalang.picture_store import picture_store

if TYPE_CHECKING:
    from accounts.models import Member

LOT = 500  # rows between two notes of how far it is
IN_MEMORY = 50  # of them


def copied() -> list[Holding]:
    """What goes into a copy, in a fixed order."""
    return sorted((each for each in holdings() if each.copied), key=lambda each: each.name)


def count_rows(member: "Member") -> int:
    """How many rows a copy will have."""
    return sum(each.rows(member).count() for each in copied())


def next_step(step: str) -> Holding | None:
    """What is written now: `step`, or the first; None when it is the end."""
    return next((each for each in copied() if each.name >= step), None)


def after(holding: Holding) -> str:
    """The step behind this one; '~' behind the last."""
    return next((each.name for each in copied() if each.name > holding.name), "~")


def write_lot(copy: PersonalCopy, holding: Holding) -> bool:
    """Write the next rows of one thing, and note in `copy` how far it is; False when it was the last of them."""
    rows = holding.rows(copy.member)
    if copy.after is not None:
        last = tuple(copy.after) if isinstance(copy.after, list) else copy.after
        rows = rows.filter(pk__gt=last)
    lot = _Lot(rows[:LOT], holding)
    path = folder(copy.key) / f"{holding.name}.json"
    size = add_rows(path, lot, size=copy.size)
    copy.written += lot.count
    if lot.count == LOT:
        copy.size, copy.after = size, _key(lot.last)
        return True
    add_rows(path, (), size=size, ends=True)
    copy.step, copy.size, copy.after = after(holding), 0, None
    return False


class _Lot:
    """Rows as they pass: how many there were, and the key of the last. What others said and is hidden now is left out."""

    def __init__(self, rows: QuerySet[Any], holding: Holding) -> None:
        self._columns, self._hiding = holding.columns(), holding.hiding()
        asked = rows.values("pk", *self._columns, *set(self._hiding.values()))
        self._rows, self.count, self.last = asked.iterator(chunk_size=IN_MEMORY), 0, None

    def __iter__(self) -> Iterator[dict[str, Any]]:
        for row in self._rows:
            self.last = row["pk"]
            self.count += 1
            yield {
                name: None if self._is_hidden(row, name) else row[name] for name in self._columns
            }

    def _is_hidden(self, row: dict[str, Any], name: str) -> bool:
        since = self._hiding.get(name)
        return since is not None and row[since] is not None


def _key(key: Any) -> Any:
    """A key as JSON keeps it."""
    return list(key) if isinstance(key, tuple) else key if isinstance(key, int) else str(key)


def describe(copy: PersonalCopy) -> None:
    """Write what each file is: `about.json`."""
    member = copy.member
    lines: Sequence[dict[str, Any]] = [
        {
            "site": settings.SITE_NAME,
            "address": settings.SITE_URL,
            "member": member.handle,
            "made_at": timezone.now(),
        },
        *(
            {
                "file": f"{each.name}.json",
                "what": str(each.what),
                "why": str(each.basis.label),
                "kept": str(each.until),
                "when_you_leave": str(each.leaves.label),
            }
            for each in copied()
        ),
    ]
    add_rows(folder(copy.key) / "about.json", lines, size=0, ends=True)


def pictures(member: "Member") -> Iterator[tuple[str, bytes]]:
    """Her portrait and the pictures of her texts, in the largest size that is kept, with their names in the ZIP."""
    store = picture_store()
    for name, path in _places(member):
        with suppress(FileNotFoundError):
            yield name, store.read(path)


def _places(member: "Member") -> Iterator[tuple[str, str]]:
    if member.picture:
        yield "pictures/me.webp", picture_path(member.picture, PICTURE_SIZES[-1])
    hers = Attachment.objects.filter(uploader=member).order_by("created_at")
    for each in hers.only("pk", "width").iterator(chunk_size=IN_MEMORY):
        yield f"pictures/{each.pk}.webp", picture_paths(each)[-1]
