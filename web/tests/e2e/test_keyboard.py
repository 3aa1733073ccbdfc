"""By keyboard alone from the log-in to a won deal."""
import re

from conftest import PASSWORD
from playwright.sync_api import expect
from test_list import company
from test_screens import settled
from words import WORDS


def reach(page, what, key="Tab"):
    """Goes on by that key until the focus is there."""
    for _ in range(150):
        if what.evaluate("one => one === document.activeElement"):
            return
        page.keyboard.press(key)
    raise AssertionError(f"{what} is out of reach of {key}")


def test_from_the_log_in_to_a_won_deal_without_a_mouse(windows, language):
    say = WORDS[language]
    founder, _ = company(windows, language, deals=0)
    window = windows.open(language)
    window.organization = founder.organization
    page = window.page
    page.goto(f"{window.server.url}/login?lang={language}")
    expect(page.locator("[name=email]")).to_be_focused()
    page.keyboard.type(founder.address)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/o/"))
    expect(page.locator("h1").first).to_be_visible()
    page.keyboard.press("Control+k")
    menu = page.get_by_role("dialog")
    expect(menu.get_by_role("combobox")).to_be_focused()
    page.keyboard.type(say["deals"])
    expect(menu.get_by_role("option").first).to_be_visible()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/opportunities"))
    settled(page)
    page.keyboard.press("c")
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_label(say["title"]).first).to_be_focused()
    page.keyboard.type("Vinta senza mouse")
    page.keyboard.press("Control+Enter")
    expect(dialog).to_have_count(0)
    card = page.locator("[data-column] [data-record-id]", has_text="Vinta senza mouse")
    expect(card).to_be_visible()
    reach(page, card)
    page.keyboard.press("m")
    option = page.get_by_role("menuitem", name=say["won"]).or_(page.get_by_role("menuitemcheckbox", name=say["won"]))
    expect(option).to_be_visible()
    reach(page, option, "ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_text(re.compile(say["is_in"].format("Vinta senza mouse"))).first).to_be_visible()
    deals = window.send("GET", "/opportunities?include=stage")["data"]
    assert [deal["stage"]["kind"] for deal in deals] == ["won"]
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
