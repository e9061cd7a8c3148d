#!/usr/bin/env python3
"""Pictures of the main pages for docs/screenshots, of a running site with the demo community.

    PORT=8001 make run                                     # in one terminal
    .venv/bin/python scripts/screenshots.py http://127.0.0.1:8001

Needs Chromium and the e2e dependencies. Signs in with the demo logins (`manage.py demo --logins`).
A picture is `NAME-WIDTH-light|dark.webp`; with --to another folder and --all it takes every page in
every width and colour, for whoever wants to look the whole site over.
"""

import argparse
import io
import re
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "screenshots"
PASSWORD = "roiphalang-demo"  # noqa: S105 - the demo community's, printed by `manage.py demo --logins`
MEMBER, NEWCOMER, MODERATOR = "มาลี", "น้ำฝน", "nhong"
WIDTHS = {360: 800, 1280: 900}  # and the height of the window
TALLEST = 1800  # of a picture: what is below says no more about the look
LARGEST = 120_000  # bytes of one picture
ALL_OF_THEM = 2_000_000


@dataclass(frozen=True)
class Shot:
    """A page: its name, what it shows, its address, who looks; `kept` says which pictures the docs hold."""

    name: str
    shows: str
    path: str
    who: str = ""
    kept: tuple[tuple[int, str], ...] = ()


BOTH = ((360, "light"), (1280, "light"))
NIGHT = ((360, "dark"),)


def shots(found: dict[str, str]) -> list[Shot]:
    """Every page worth a look; `found` are the addresses of what the demo made."""
    return [
        Shot("home-visitor", "The home page as a visitor meets it", "/", "", (*BOTH, (1280, "dark"))),
        Shot("home", "The home page of a member", "/", MEMBER, NIGHT),
        Shot("boards", "Boards and the rooms in them", "/boards/", "", ((1280, "light"),)),
        Shot("board", "One board", found["board"], MEMBER, ((360, "light"),)),
        Shot("article", "The article the community opens with", found["article"], "", BOTH),
        Shot("conversation", "A conversation with answers to answers", found["conversation"], MEMBER, (*BOTH, *NIGHT)),
        Shot("question", "A question with an accepted answer", found["question"], "", ((1280, "dark"),)),
        Shot("thread", "One comment with all its answers", found["thread"], "", ((360, "light"),)),
        Shot("networks", "All networks, and where they work", "/networks/", "", ((1280, "light"),)),
        Shot("network", "A network's page", found["network"], "", ((360, "light"),)),
        Shot("network-own", "A network's page as its coordinator sees it", found["own"], MEMBER, ()),
        Shot("network-new", "Registering a network", "/networks/new/", MEMBER, ()),
        Shot("by-network", "A topic, network by network", found["conversation"] + "by/network/", MEMBER, ()),
        Shot("others", "How other networks see a topic", found["conversation"] + "by/others/", MEMBER, ((1280, "light"),)),
        Shot("members", "A network's members", found["own"] + "members/", MEMBER, ()),
        Shot("activity", "An activity, with its report", found["activity"], "", ((360, "light"),)),
        Shot("month", "A month of activities", "/activities/?view=month", "", ((1280, "light"),)),
        Shot("money", "What a network took in and spent", found["network"] + "money/", "", ((1280, "light"),)),
        Shot("my-networks", "A coordinator's networks, and what waits for her", "/networks/mine/", MEMBER, ()),
        Shot("compose", "Starting a topic", "/start/", MEMBER, BOTH),
        Shot("suggested", "Networks suggested while their names are typed", "suggested", MEMBER, ((360, "light"),)),
        Shot("invitation", "An invitation to print and hang up", "invitation", MEMBER, ((360, "light"),)),
        Shot("profile", "A member's page", f"/u/{quote(MEMBER)}/", "", ((360, "light"),)),
        Shot("signup", "Signing up", "/accounts/signup/", "", ((360, "light"),)),
        Shot("first-step", "A new member's first step", "/welcome/", NEWCOMER, ((360, "light"),)),
        Shot("first-networks", "The networks it finds", f"/welcome/networks/?matter={quote('อยากดูแลป่ากับน้ำ')}", NEWCOMER, NIGHT),
        Shot("settings", "Settings", "/settings/", MEMBER, ((1280, "light"),)),
        Shot("search", "What a search finds, and who says it from where", f"/search/?q={quote('น้ำท่วม')}", "", ((360, "light"),)),
        Shot("admin-topics", "The moderators' list of topics", "/admin/forums/topic/", MODERATOR, ((1280, "light"),)),
        Shot("admin-reason", "Hiding asks for a reason", "reason", MODERATOR, ((1280, "light"),)),
        Shot("not-found", "A page that is not there", "/nowhere/", "", ((360, "light"),)),
    ]  # fmt: skip


def signed_in(browser: Browser, site: str, who: str, **options: Any) -> BrowserContext:
    """A window of its own, signed in as `who` ('' is a visitor)."""
    context = browser.new_context(locale="th-TH", reduced_motion="reduce", **options)
    if who:
        page = context.new_page()
        page.goto(f"{site}/accounts/login/")
        page.fill("input[name=login]", who)
        page.fill("input[name=password]", PASSWORD)
        page.click("main form button[type=submit] >> nth=0")
        page.wait_for_url(re.compile(rf"^{site}/(welcome/)?$"))  # where a newcomer is led first
        page.close()
    return context


def addresses(page: Page, site: str) -> dict[str, str]:
    """Where the demo's opening article, its deepest conversation and an answered question stand."""

    def find(path: str, pattern: str, *, last: bool = False) -> str:
        page.goto(site + path)
        links = [a.get_attribute("href") or "" for a in page.locator("main a").all()]
        links = [link for link in links if re.search(pattern, link)]
        if links:
            return links[-1 if last else 0]
        sys.exit(f"no link like {pattern} on {path}: is this the demo community?")

    topics = {
        "article": "เครือข่ายคืออะไร เมื่อวาน",
        "conversation": "ชิงเผาหรือห้ามเผา",
        "question": "เดินเยี่ยมผู้ป่วยติดเตียง",
    }
    found = {
        name: find(f"/search/?q={quote(title)}", r"^/t/\d+/") for name, title in topics.items()
    }
    page.goto(site + found["conversation"])
    comment = page.locator("main article[id^=p]").nth(1).get_attribute("id") or ""
    found["thread"] = f"/p/{comment[1:]}/thread/"
    found["board"] = find(found["conversation"], r"^/b/[^/]+/$", last=True)
    found["conversation"] = re.sub(r"^(/t/\d+/).*", r"\1", found["conversation"])
    for name, title in {"network": "บ้านมั่นคงคลองท่าเรือ", "own": "อาสาสุขภาพลุ่มน้ำว้า"}.items():
        found[name] = find(f"/networks/?q={quote(title)}", r"^/n/[^/]+/$")
    found["activity"] = find("/activities/?view=past", r"^/activities/\d+/[^/]+/$")
    return found


def picture(page: Page, path: Path) -> int:
    """Takes one picture of the page as it stands; returns its bytes."""
    page.evaluate("document.fonts.ready")
    page.wait_for_timeout(150)
    taken = Image.open(io.BytesIO(page.screenshot(full_page=True)))
    image = taken.crop((0, 0, taken.width, min(taken.height, TALLEST)))
    for quality in (70, 60, 50, 40, 30):
        image.save(path, "WEBP", quality=quality, method=6)
        if path.stat().st_size <= LARGEST:
            break
    return path.stat().st_size


def take(site: str, to: Path, *, everything: bool) -> Iterator[tuple[Shot, Path, int]]:
    """Every picture wanted, one after the other."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium)
        with signed_in(browser, site, "") as context:
            found = addresses(context.new_page(), site)
            wanted, own = shots(found), site + found["own"]
        for who in dict.fromkeys(shot.who for shot in wanted):
            with signed_in(browser, site, who) as context:
                page = context.new_page()
                for shot in (shot for shot in wanted if shot.who == who):
                    go(page, site, shot, own)
                    for width, height in WIDTHS.items():
                        for colours in ("light", "dark"):
                            if everything or (width, colours) in shot.kept:
                                page.set_viewport_size({"width": width, "height": height})
                                page.emulate_media(color_scheme=colours)
                                path = to / f"{shot.name}-{width}-{colours}.webp"
                                yield shot, path, picture(page, path)
        browser.close()


def go(page: Page, site: str, shot: Shot, own: str) -> None:
    """Opens the page; what has no address of its own is reached as a member reaches it. `own`: her network."""
    match shot.path:
        case "reason":
            page.goto(f"{site}/admin/forums/topic/")
            page.locator("input[name=_selected_action]").first.check()
            page.select_option("select[name=action]", index=1)
            page.locator("button[name=index]").first.click()
        case "suggested":
            page.goto(f"{own}links/")
            page.locator("#id_other").focus()
            page.keyboard.type("บ้าน")
            page.locator(".combo-list:not([hidden])").wait_for()
            page.keyboard.press("ArrowDown")
        case "invitation":
            page.goto(f"{own}invitations/")
            page.locator("main form .button.go").click()  # a new link; the newest stands first
            page.locator(".with-qr .more-link").first.click()
        case _:
            page.goto(site + shot.path)
    page.wait_for_load_state()


def main() -> None:
    """Takes them, writes the list, and fails where they are too many or too large."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("site", help="http://127.0.0.1:8000")
    parser.add_argument("--to", type=Path, default=FOLDER)
    parser.add_argument("--all", action="store_true", help="every page, width and colour")
    asked = parser.parse_args()
    asked.to.mkdir(parents=True, exist_ok=True)
    for old in asked.to.glob("*.webp"):
        old.unlink()
    lines, total = [], 0
    for shot, path, size in take(asked.site.rstrip("/"), asked.to, everything=asked.all):
        print(f"{path.name:34} {size / 1000:6.0f} kB", flush=True)
        width, colours = path.stem.split("-")[-2:]
        lines.append(f"| ![{shot.shows}]({path.name}) | {shot.shows}, {width} px, {colours} |")
        total += size
    print(f"{len(lines)} pictures, {total / 1000:.0f} kB")
    if asked.all:
        return
    head = (
        "# What the site looks like\n\nThe demo community, taken with `scripts/screenshots.py`.\n"
    )
    table = "\n".join(["| picture | what it shows |", "|---|---|", *lines])
    (asked.to / "README.md").write_text(f"{head}\n{table}\n")
    if total > ALL_OF_THEM or len(lines) > 32:
        sys.exit("That is more than the documents should carry.")


if __name__ == "__main__":
    main()
