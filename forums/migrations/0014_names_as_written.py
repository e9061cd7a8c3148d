"""What was made of names while three of one consonant were taken for a letter drawn out is made anew.

Keys to sort and to be unique by; the addresses of topics and activities, which are found by their numbers; those of
networks, where the one before leads on. Boards and organisations keep their addresses: nothing would lead on.
A batch at a time, of the few names there are. What is found by words follows with `reindex` and `recount`.
"""

from django.db import migrations, transaction

from forums.text.naming import name_key, sort_key
from forums.text.slugs import first_free, slugify

BATCH = 1_000
ONCE_OTHER = r"([ก-ฮ])\.?\1\.?\1"


def sort_anew(apps, schema_editor):
    """A name whose new key another has by now keeps the old one."""
    boards, networks, organisations, memberships = (
        apps.get_model("forums", name).objects
        for name in ("Board", "Network", "Organisation", "Membership")
    )

    def sort(rows, row, name):
        rows.filter(pk=row.pk).update(sort_key=sort_key(name))

    def sort_and_tell_apart(rows, row):
        sort(rows, row, row.name)
        key = name_key(row.name)
        if not rows.filter(name_key=key).exists():
            rows.filter(pk=row.pk).update(name_key=key)

    _each(boards, "name", lambda board: sort(boards, board, board.name))
    _each(networks, "name", lambda network: sort_and_tell_apart(networks, network))
    _each(organisations, "name", lambda one: sort_and_tell_apart(organisations, one))
    _each(
        memberships.select_related("member"),
        "member__display_name",
        lambda place: sort(memberships, place, place.member.display_name),
    )


def address_anew(apps, schema_editor):
    topics, activities, networks, addresses = (
        apps.get_model("forums", name).objects
        for name in ("Topic", "Activity", "Network", "NetworkAddress")
    )

    def move(network):
        def is_taken(slug):
            others, was = networks.exclude(pk=network.pk), addresses.exclude(network=network)
            return others.filter(slug=slug).exists() or was.filter(slug=slug).exists()

        slug = first_free(slugify(network.name).strip("-") or "network", is_taken)
        if slug != network.slug:
            addresses.filter(slug=slug).delete()
            addresses.create(slug=network.slug, network=network)
            networks.filter(pk=network.pk).update(slug=slug)

    for rows in (topics, activities):
        _each(
            rows,
            "title",
            lambda row, rows=rows: rows.filter(pk=row.pk).update(slug=slugify(row.title)),
        )
    _each(networks.filter(merged_into=None), "name", move)


def _each(rows, name, change):
    """Change every row whose name may have had another form, a batch in a transaction."""
    after = 0
    found = rows.filter(**{f"{name}__regex": ONCE_OTHER}).order_by("pk")
    while batch := list(found.filter(pk__gt=after)[:BATCH]):
        with transaction.atomic():
            for row in batch:
                change(row)
        after = batch[-1].pk


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("forums", "0013_tag_keys")]

    operations = [
        migrations.RunPython(sort_anew, migrations.RunPython.noop),
        migrations.RunPython(address_anew, migrations.RunPython.noop),
    ]
