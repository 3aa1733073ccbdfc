"""What is done with many records at once, and said of it."""
import re

import pytest
from axe import violations
from playwright.sync_api import expect
from test_list import company
from test_screens import settled


@pytest.mark.parametrize("width", [360, 1024])
def test_every_action_is_reached_without_scrolling(windows, language, width):
    window, _ = company(windows, language, width=width, height=780, touch=width == 360)
    page = window.goto("opportunities?view=list")
    settled(page)
    page.locator("[data-record-id] input[type=checkbox]").first.click()
    bar = page.locator(".bulk-bar")
    expect(bar).to_be_visible()
    assert bar.evaluate("bar => bar.scrollWidth <= bar.clientWidth && bar.getBoundingClientRect().right <= innerWidth")
    bar.get_by_role("button", expanded=False).click()
    remove = page.get_by_role("menuitem", name=re.compile("^(Elimina|Delete)$"))
    expect(remove).to_be_visible()
    assert violations(page) == []
    remove.click()
    expect(page.get_by_role("dialog")).to_be_visible()


def test_what_was_done_is_said_once(windows, language):
    window, _ = company(windows, language)
    page = window.goto("opportunities?view=list")
    settled(page)
    page.get_by_role("row").first.get_by_role("checkbox").click()
    page.locator(".bulk-bar").get_by_role("button", name=re.compile("^(Modifica campo|Change a field)$")).click()
    dialog = page.get_by_role("dialog")
    dialog.locator("select").first.select_option("next_step")
    dialog.get_by_label(re.compile("^(Nuovo valore|New value)$")).fill("Richiamare")
    dialog.locator("button[type=submit]").click()
    expect(page.locator(".toast")).to_contain_text(re.compile("^3 record"))
    expect(page.locator(".work-card")).to_have_count(0)


def test_a_deal_is_made_in_another_currency_and_moved_to_a_third(windows, language):
    window, _ = company(windows, language)
    page = window.goto("opportunities?view=list")
    settled(page)
    page.keyboard.press("c")
    dialog = page.get_by_role("dialog")
    dialog.locator("[data-field=title] input").fill("Fornitura a New York")
    dialog.locator("[data-field=amount] input").fill("1500")
    dialog.locator("[data-field=amount] select").select_option("USD")
    dialog.locator("button[type=submit]").click()
    expect(dialog).to_have_count(0)
    deals = window.send("GET", "/opportunities?amount_currency=USD")["data"]
    assert [one["amount"] for one in deals] == [150000]
    page = window.goto(f"opportunities/{deals[0]['id']}")
    settled(page)
    amount = page.locator("aside [data-field=amount], [data-field=amount].detail").first
    amount.get_by_role("button").click()
    amount.locator("select").select_option("GBP")
    amount.locator("input").press("Enter")
    expect(amount).to_contain_text("£")
    saved = window.send("GET", f"/opportunities/{deals[0]['id']}")
    assert (saved["amount"], saved["amount_currency"]) == (150000, "GBP")
