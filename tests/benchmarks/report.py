"""The figures as a table for people (Markdown, so that it can stand in docs/performance.md)."""

from collections.abc import Sequence
from typing import Any

_COLUMNS = (
    ("page", "{name}"),
    ("× (c)", "{times_bare:.2f}"),
    ("× topic", "{times_topic:.2f}"),
    ("CPU ms", "{total_ms:.2f}"),
    ("least–most", "{total_ms_least:.2f}–{total_ms_most:.2f}"),
    ("web", "{web_ms:.2f}"),
    ("database", "{database_ms:.2f}"),
    ("queries", "{queries}"),
    ("posts", "{posts_shown}"),
    ("rows read", "{rows_read}"),
    ("8 kB pages", "{pages_read}"),
    ("kB", "{kb:.1f}"),
    ("gzip", "{kb_gzip:.1f}"),
    ("+ CSS, JS", "{kb_all:.1f}"),
    ("a second", "{requests_a_second:.0f}"),
    ("p50 ms", "{p50_ms:.1f}"),
    ("p99 ms", "{p99_ms:.1f}"),
)


# Pages of networks, of the directory, and of topics by network.
OF_NETWORKS = ("network", "five networks", "long topic")
QUERIES_OF_NETWORKS = 12
QUERIES_OF_A_REPLY = 22
# Held against the bare view.
BESIDE_THE_BARE_VIEW = ("topic", "search, one rare word")
# What members open every evening, made for her each time: times the bare view at most.
EVERY_EVENING = frozenset(
    (
        *("home", "board", "topic, first page", "networks"),
        *("network, large", "network, small", "network, its topics"),
    )
)
MADE_FOR_HER = 1.5
# A search that finds nothing looks once more, for words that are nearly the same.
QUERIES, QUERIES_OF_A_SEARCH, QUERIES_OF_A_MEMBER = 8, 9, 14
# Read at most by one of them, whatever there is: a search of the directory looks at each of 2,000 names.
ROWS = 5_000

# Who has read and was told much, beside who has not: how much more it may cost her of the database's time.
LITTLE = ", who has read nothing"
MORE = {"home": 1.2, "unread": 1.2, "notifications": 1.1}


def missed(figures: dict[str, Any]) -> list[str]:
    """Which of the aims of docs/performance.md these figures miss, a sentence each."""
    found = []
    pages = {page["name"]: page for page in figures["pages"]}
    for name, page in pages.items():
        if name.startswith("("):
            continue
        member = name.endswith("member")
        queries = QUERIES_OF_A_SEARCH if name.startswith("search") else QUERIES
        aims = [("queries", page["queries"], QUERIES_OF_A_MEMBER if member else queries, "")]
        if name.startswith(OF_NETWORKS):
            aims = [
                ("queries", page["queries"], QUERIES_OF_NETWORKS, ""),
                ("times the first page of a topic", page["times_topic"], 1.5, ""),
                ("rows read", page["rows_read"], ROWS, ""),
            ]
        if name.startswith(BESIDE_THE_BARE_VIEW):
            aims.append(("times the bare view", page["times_bare"], 3 if member else 2, ""))
        if name.startswith("topic"):
            aims += [
                ("compressed with CSS and JS", page["bytes_gzip_with_assets"] / 1000, 60, " kB"),
            ]
            # Nothing grows with the topic: what a page of one of a hundred posts reads, and a bit.
            short = pages.get(
                "topic of 100 posts, first page · " + ("member" if member else "visitor")
            )
            if short:
                aims.append(("rows read", page["rows_read"], 2 * short["rows_read"] + 100, ""))
        if name.startswith("reply"):
            # Milliseconds double while others use the machine, and nothing ever makes them fewer.
            least = page["total_ms_least"]
            aims = [
                ("queries", page["queries"], QUERIES_OF_A_REPLY, ""),
                ("least CPU", least, 15, " ms"),
            ]
        if name.startswith("shared picture, drawn"):
            aims.append(("least CPU", page["total_ms_least"], 150, " ms"))
        page_of, _dot, _who = name.partition(" · ")
        if member and page_of in EVERY_EVENING:
            aims.append(("times the bare view", page["times_bare"], MADE_FOR_HER, ""))
        if little := pages.get(f"{page_of}{LITTLE} · member") if member else None:
            times = page["database_ms"] / little["database_ms"]
            aims.append(("times the database's time of little", times, MORE[page_of], ""))
        if name.startswith("reply, watched") and (plain := pages.get("reply · member")):
            aims.append(("times a reply", page["total_ms"] / plain["total_ms"], 1.3, ""))
        found += [
            f"{name}: {what} {value:.1f}{unit}, aim {aim}{unit}"
            for what, value, aim, unit in aims
            if value > aim
        ]
    return found


def table(figures: dict[str, Any]) -> str:
    """A row a page; medians over the rounds."""
    machine = figures["machine"]
    rows = [[name for name, _ in _COLUMNS]]
    for page in figures["pages"]:
        sizes = {
            "kb": page["bytes"] / 1000,
            "kb_gzip": page["bytes_gzip"] / 1000,
            "kb_all": page["bytes_gzip_with_assets"] / 1000,
        }
        rows.append([form.format(**page, **sizes) for _, form in _COLUMNS])
    head = (
        f"{figures['date']}, {machine['processor']}, {machine['cores']} cores "
        f"(load {machine['load'][0]}), Python {machine['python']}, Django {machine['django']}, "
        f"PostgreSQL {machine['postgresql']}; {figures['posts']:,} posts, {figures['members']:,} "
        f"members, {figures['networks']:,} networks with {figures['memberships']:,} memberships; "
        f"{figures['rounds']} rounds of {figures['requests_a_round']} requests a page"
    )
    return head + "\n\n" + aligned(rows)


def aligned(rows: Sequence[Sequence[str]], *, left: int = 1) -> str:
    """A Markdown table; the first row is its head, the first `left` columns begin at the left."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = [
        "| "
        + " | ".join(
            cell.ljust(width) if place < left else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        + " |"
        for row in rows
    ]
    rule = (
        "-" * (width + 1) + (":" if place >= left else "-") for place, width in enumerate(widths)
    )
    lines.insert(1, "|" + "|".join(rule) + "|")
    return "\n".join(lines)
