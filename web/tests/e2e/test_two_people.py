"""Two browsers on one record: what does not collide is kept, what does is decided."""
import re

from conftest import PASSWORD
from playwright.sync_api import expect
from test_list import company
from test_screens import settled
from words import WORDS


def second(windows, first, language):
    """The same person in a second browser."""
    return windows.member(first.address, PASSWORD, first.organization, language)


def edit(page, field, text):
    value = page.locator(f'[data-field="{field}"]').first
    value.get_by_role("button").first.click()
    box = value.locator("input, textarea").first
    box.fill(text)
    return box


def test_a_change_of_another_is_seen_at_once(windows, language):
    first, deals = company(windows, language)
    other = second(windows, first, language)
    page, otherpage = first.goto(f"opportunities/{deals[0]['id']}"), other.goto(f"opportunities/{deals[0]['id']}")
    settled(page)
    settled(otherpage)
    edit(otherpage, "title", "Rinominata da un altro").press("Enter")
    expect(page.get_by_role("heading", name="Rinominata da un altro").first).to_be_visible()


def test_who_saved_first_is_not_overwritten_unseen(windows, language):
    first, deals = company(windows, language)
    other = second(windows, first, language)
    first.expect_fault("status of 412")
    page, otherpage = first.goto(f"opportunities/{deals[0]['id']}"), other.goto(f"opportunities/{deals[0]['id']}")
    settled(page)
    settled(otherpage)
    box = edit(page, "next_step" if page.locator('[data-field="next_step"]').count() else "title", "Il mio valore")
    other.send("PATCH", f"/opportunities/{deals[0]['id']}", {"title": "Il valore dell'altro"})
    expect(otherpage.get_by_role("heading", name="Il valore dell'altro").first).to_be_visible()
    box.press("Enter")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Il valore dell'altro")
    expect(dialog).to_contain_text("Il mio valore")
    page.reload()
    expect(dialog).to_contain_text("Il mio valore")
    dialog.get_by_role("button", name=re.compile(WORDS[language]["save"])).click()
    expect(page.get_by_role("heading", name="Il mio valore").first).to_be_visible()
