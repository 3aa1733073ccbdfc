"""The list: edited in place, filtered, sorted, selected, in the address."""
import re

from playwright.sync_api import expect
from test_screens import settled
from words import WORDS


def company(windows, language="it", deals=3, **more):
    """A new company with a few deals, their titles by number."""
    window = windows.founder(language, **more)
    made = [window.send("POST", "/opportunities", {"title": f"Trattativa {number}", "amount": 1000_00 * number, "amount_currency": "EUR"}) for number in range(1, deals + 1)]
    return window, made


def cell(page, record, field):
    return page.locator(f'[role=row][data-record-id="{record}"] [data-field="{field}"]')


def test_a_cell_is_edited_where_it_stands_and_taken_back(windows, language):
    window, deals = company(windows, language)
    page = window.goto("opportunities?view=list")
    settled(page)
    title = cell(page, deals[0]["id"], "title")
    title.click()
    page.keyboard.press("Enter")
    page.keyboard.press("Control+a")
    page.keyboard.type("Ribattezzata")
    page.keyboard.press("Enter")
    expect(title).to_have_text("Ribattezzata")
    page.get_by_role("button", name=re.compile("^(Annulla|Undo)$")).click()
    expect(title).to_have_text("Trattativa 1")
    assert window.send("GET", f"/opportunities/{deals[0]['id']}")["title"] == "Trattativa 1"


def test_what_is_wrong_is_said_at_the_cell_and_stays_there(windows):
    window, deals = company(windows)
    window.expect_fault("status of 422")
    page = window.goto("accounts?view=list")
    account = window.send("POST", "/accounts", {"name": "Officine Rossi", "vat_number": "12345678903"})
    page.reload()
    settled(page)
    name = cell(page, account["id"], "name")
    name.click()
    page.keyboard.press("Enter")
    page.keyboard.press("Control+a")
    page.keyboard.press("Delete")
    page.keyboard.press("Enter")
    expect(name).to_have_attribute("aria-invalid", "true")
    expect(name).to_have_attribute("title", re.compile("^Non salvato: "))
    # Opened again, it holds what was typed and says what is wrong with it.
    page.keyboard.press("Enter")
    expect(page.locator(".cell-fault")).to_be_visible()
    expect(name.get_by_role("textbox")).to_have_value("")
    page.keyboard.press("Escape")
    expect(name).to_have_text("Officine Rossi")


def test_filters_and_sorts_live_in_the_address(windows, language):
    window, deals = company(windows, language)
    page = window.goto("opportunities?view=list&amount[gte]=200000&sort=-amount")
    settled(page)
    rows = page.locator("[role=row][data-record-id] [data-field=title]")
    expect(rows).to_have_text(["Trattativa 3", "Trattativa 2"])
    page.reload()
    expect(rows).to_have_text(["Trattativa 3", "Trattativa 2"])
    search = page.get_by_role("search").get_by_role("textbox")
    search.fill("Trattativa 2")
    expect(rows).to_have_text(["Trattativa 2"])
    assert "q=" in page.url


def test_many_are_deleted_at_once_and_brought_back(windows, language):
    say = WORDS[language]
    window, deals = company(windows, language)
    page = window.goto("opportunities?view=list")
    settled(page)
    for deal in deals[:2]:
        page.locator(f'[role=row][data-record-id="{deal["id"]}"] input[type=checkbox]').click()
    page.get_by_role("toolbar", name=say["selection"]).get_by_role("button", name=say["delete"]).click()
    dialog = page.get_by_role("dialog", name=say["delete_two"])
    expect(dialog).to_contain_text(say["to_the_bin"])
    dialog.get_by_role("button", name=say["delete_two"]).click()
    expect(page.locator("[role=row][data-record-id]")).to_have_count(1)
    page.get_by_role("button", name=say["undo"], exact=True).last.click()
    expect(page.locator("[role=row][data-record-id]")).to_have_count(3)


def test_others_changes_appear(windows):
    window, deals = company(windows)
    page = window.goto("opportunities?view=list")
    settled(page)
    other = window.context.new_page()
    other.goto(f"{window.server.url}/o/{window.organization}/settings/profile")
    settled(other)
    window.page = other
    window.send("PATCH", f"/opportunities/{deals[1]['id']}", {"title": "Cambiata altrove"})
    expect(cell(page, deals[1]["id"], "title")).to_have_text("Cambiata altrove")
