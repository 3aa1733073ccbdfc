"""By keyboard alone from the log-in to a won deal."""
import re

from conftest import PASSWORD
from playwright.sync_api import expect
from test_list import company
from test_screens import settled


def test_from_the_log_in_to_a_won_deal_without_a_mouse(windows):
    founder, _ = company(windows, deals=0)
    window = windows.open("it")
    window.organization = founder.organization
    page = window.page
    page.goto(f"{window.server.url}/login?lang=it")
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
    page.keyboard.type("Opportunità")
    expect(menu.get_by_role("option").first).to_be_visible()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/opportunities"))
    settled(page)
    page.keyboard.press("c")
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_label("Titolo").first).to_be_focused()
    page.keyboard.type("Vinta senza mouse")
    page.keyboard.press("Control+Enter")
    expect(dialog).to_have_count(0)
    card = page.locator("[data-column] [data-record-id]", has_text="Vinta senza mouse")
    expect(card).to_be_visible()
    card.focus()
    page.keyboard.press("m")
    option = page.get_by_role("menuitem", name=re.compile("Won|Vinta")).or_(page.get_by_role("menuitemcheckbox", name=re.compile("Won|Vinta")))
    expect(option).to_be_visible()
    option.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text(re.compile("«Vinta senza mouse» ora è in")).first).to_be_visible()
    deals = window.send("GET", "/opportunities?include=stage")["data"]
    assert [deal["stage"]["kind"] for deal in deals] == ["won"]
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
