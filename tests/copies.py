"""Many rows at once, for measuring how a page grows: copies of one, made by PostgreSQL itself."""

from django.db import connection
from django.db.models import Model


def copies(row: Model, count: int, **changed: str) -> None:
    """`count` more rows like `row`, but for some columns: SQL of `n`, which counts from 1, and of the row's own."""
    columns = [field.column for field in row._meta.concrete_fields if not field.primary_key]
    values = [changed.get(column, column) for column in columns]
    assert set(changed) <= set(columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {row._meta.db_table} ({', '.join(columns)}) SELECT {', '.join(values)}"  # noqa: S608
            f" FROM {row._meta.db_table}, generate_series(1, %s) n WHERE id = %s",
            [count, row.pk],
        )
