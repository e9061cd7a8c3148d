"""Colours and letters, as one wishes."""

from playwright.sync_api import Page, expect

DARK = "rgb(19, 23, 42)"


def choose(page: Page, theme: str, size: str) -> None:
    page.get_by_role("radio", name=theme, exact=True).check()
    page.get_by_role("radio", name=size, exact=True).check()
    save = page.get_by_role("main").get_by_role("button", name="บันทึก")
    with page.expect_event("load"):  # not before it is there with its style can it be measured
        save.click()


def measures(page: Page) -> tuple[str, float]:
    """The colour behind everything, and the height of letters."""
    return tuple(
        page.evaluate(
            "() => [getComputedStyle(document.documentElement).backgroundColor,"
            " parseFloat(getComputedStyle(document.body).fontSize)]"
        )
    )


def test_a_member_chooses_dark_colours_and_bigger_letters(browse, js, board, malee):
    page = browse(malee, js=js, color_scheme="light")
    page.goto("/settings/")
    light, normal = measures(page)
    choose(page, "มืด", "ใหญ่")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    dark, large = measures(page)
    assert dark == DARK != light
    assert large > normal
    other = browse(malee, js=js, color_scheme="light")
    other.goto("/")
    assert measures(other) == (dark, large)  # it is hers, not the device's
    choose_back = browse(malee, js=js, color_scheme="dark")
    choose_back.goto("/settings/")
    choose(choose_back, "สว่าง", "ปกติ")
    assert measures(choose_back) == (light, normal)


def test_a_visitors_choice_stays_on_the_device(browse, js, board):
    page = browse(js=js, color_scheme="light")
    page.goto("/settings/display/")
    choose(page, "มืด", "ใหญ่ขึ้นอีก")
    page.goto("/boards/")
    assert measures(page)[0] == DARK


def test_without_a_choice_the_device_decides(browse, board):
    page = browse(color_scheme="dark")
    page.goto("/")
    assert measures(page)[0] == DARK
