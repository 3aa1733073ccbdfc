"""Dates: typed as the interface's language writes them, chosen from the calendar, never lost."""
import re

from axe import violations
from playwright.sync_api import expect
from test_list import cell, company
from test_screens import settled

FIELD = {"it": "Chiusura prevista", "en": "Expected close"}


def shown(page):
    """The day in the calendar that has the focus."""
    return page.evaluate("() => document.activeElement.dataset.day")


def creating(page, window, language):
    window.goto("opportunities?view=list")
    settled(page)
    page.keyboard.press("c")
    dialog = page.get_by_role("dialog").first
    field = dialog.locator("[data-field=expected_close_on]")
    if not field.count():
        dialog.locator("summary").click()
    return dialog, field


def test_a_date_is_typed_in_the_interfaces_language_whatever_the_browsers(windows, language):
    # The browser speaks the other language.
    window = windows.demo(language="en" if language == "it" else "it")
    window.send("PATCH", "/me", {"locale": "it-IT" if language == "it" else "en-GB"})
    page = window.page
    dialog, field = creating(page, window, language)
    box = field.get_by_role("textbox")
    expect(box).to_have_attribute("placeholder", "gg/mm/aaaa" if language == "it" else "dd/mm/yyyy")
    box.fill("7.3.27")
    box.press("Tab")
    expect(box).to_have_value("07/03/2027")
    # What can't be read is said, stays, and is not sent.
    box.fill("31/02/2027")
    box.press("Tab")
    expect(field.get_by_role("alert")).to_contain_text("31/02/2027")
    assert violations(page) == []
    dialog.get_by_label("Titolo" if language == "it" else "Title").fill("Con una data")
    dialog.locator("button[type=submit]").click()
    expect(box).to_be_focused()
    expect(box).to_have_value("31/02/2027")
    expect(field.get_by_role("alert")).to_have_count(1)
    box.fill("domani")
    expect(field.get_by_role("alert")).to_have_count(0)
    page.keyboard.press("Escape")


def test_the_calendar_is_walked_by_keys(windows):
    window, _ = company(windows)
    page = window.page
    dialog, field = creating(page, window, "it")
    box = field.get_by_role("textbox")
    box.fill("7/3/2027")
    box.press("ArrowDown")
    calendar = page.locator(".calendar-panel")
    expect(calendar.locator("[data-day='2027-03-07']")).to_be_focused()
    expect(calendar.locator("[aria-live]")).to_have_text("marzo 2027")
    assert calendar.locator("th").first.get_attribute("abbr") == "lunedì"
    assert violations(page) == []
    for key, day in (("ArrowRight", "2027-03-08"), ("ArrowDown", "2027-03-15"), ("ArrowUp", "2027-03-08"), ("End", "2027-03-14"), ("Home", "2027-03-08"), ("ArrowLeft", "2027-03-07"), ("PageDown", "2027-04-07"), ("PageUp", "2027-03-07"), ("Shift+PageUp", "2026-03-07")):
        page.keyboard.press(key)
        expect(calendar.locator(f"[data-day='{day}']")).to_be_focused()
    # Esc closes the calendar and not what it stands in.
    page.keyboard.press("Escape")
    expect(calendar).to_have_count(0)
    expect(dialog).to_be_visible()
    expect(box).to_be_focused()
    expect(box).to_have_value("07/03/2027")
    # Tab goes round in it; from the button it goes back to the button.
    field.get_by_role("button", name="Apri il calendario").press("Enter")
    expect(calendar.locator("[data-day='2027-03-07']")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    expect(calendar.locator("[aria-live]")).to_have_text("aprile 2027")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(box).to_have_value("07/04/2027")
    expect(field.get_by_role("button", name="Apri il calendario")).to_be_focused()
    field.get_by_role("button", name="Apri il calendario").click()
    calendar.get_by_role("button", name="Svuota").click()
    expect(box).to_have_value("")
    expect(box).to_be_focused()
    page.keyboard.press("Escape")


def test_a_date_is_edited_in_its_cell_and_in_the_details(windows):
    window, deals = company(windows)
    page = window.goto("opportunities?view=list&columns=title,expected_close_on")
    settled(page)
    close = cell(page, deals[0]["id"], "expected_close_on")
    close.click()
    page.keyboard.press("Enter")
    expect(close.get_by_role("textbox")).to_be_focused()
    page.keyboard.press("Control+a")
    page.keyboard.type("7 mar 2027")
    page.keyboard.press("Enter")
    expect(close).to_contain_text("07/03/2027")
    # What can't be read stays at the cell and is said there.
    page.keyboard.press("Enter")
    page.keyboard.press("Control+a")
    page.keyboard.type("boh")
    page.keyboard.press("Enter")
    expect(close).to_have_attribute("title", re.compile("«boh» non è una data"))
    page.keyboard.press("Enter")
    expect(close.get_by_role("textbox")).to_have_value("boh")
    expect(page.locator(".cell-fault")).to_be_visible()
    page.keyboard.press("Escape")
    expect(close).to_contain_text("07/03/2027")
    # By the pointer, from the calendar.
    close.dblclick()
    close.get_by_role("button", name="Apri il calendario").click()
    page.locator("[data-day='2027-03-20']").click()
    page.keyboard.press("Enter")
    expect(close).to_contain_text("20/03/2027")
    window.goto(f"opportunities/{deals[0]['id']}")
    settled(page)
    detail = page.locator(".detail[data-field=expected_close_on]")
    detail.get_by_role("button").click()
    detail.get_by_role("button", name="Apri il calendario").click()
    page.locator("[data-day='2027-03-26']").click()
    expect(detail).to_contain_text("26/03/2027")
    detail.get_by_role("button").click()
    page.keyboard.type("1/4/2027")
    page.keyboard.press("Enter")
    expect(detail).to_contain_text("01/04/2027")
    assert window.send("GET", f"/opportunities/{deals[0]['id']}")["expected_close_on"] == "2027-04-01"


def test_a_filter_and_a_task_take_dates(windows):
    window, deals = company(windows)
    window.send("PATCH", f"/opportunities/{deals[0]['id']}", {"expected_close_on": "2027-03-07"})
    page = window.goto("opportunities?view=list&expected_close_on[gte]=2027-03-01")
    settled(page)
    rows = page.locator("[role=row][data-record-id] [data-field=title]")
    expect(rows).to_have_text(["Trattativa 1"])
    chip = page.locator("[data-filter=expected_close_on] .chip-text")
    chip.click()
    panel = page.get_by_role("dialog").first
    panel.get_by_role("button", name="Apri il calendario").click()
    page.locator("[data-day='2027-03-10']").click()
    expect(rows).to_have_count(0)
    # The calendar stood above the filter, which is open still.
    panel.get_by_role("textbox").fill("2/3/2027")
    expect(rows).to_have_text(["Trattativa 1"])
    panel.get_by_role("button", name="Apri il calendario").click()
    page.keyboard.press("Escape")
    expect(page.locator(".calendar-panel")).to_have_count(0)
    expect(panel).to_be_visible()
    page.keyboard.press("Escape")
    expect(panel).to_have_count(0)
    window.goto(f"opportunities/{deals[0]['id']}")
    settled(page)
    page.locator(".composer-kind", has_text="Compito").click()
    page.get_by_label("Che cosa c'è da fare?").fill("Richiamare")
    due = page.locator(".composer .date-field").get_by_role("textbox")
    due.fill("7/3/2027")
    time = page.get_by_label("Ora", exact=True)
    expect(time).to_have_value("09:00")
    time.fill("ore tre")
    page.get_by_role("button", name="Aggiungi il compito").click()
    expect(time).to_be_focused()
    expect(page.get_by_text("«ore tre» non è un'ora")).to_be_visible()
    time.fill("15")
    page.get_by_role("button", name="Aggiungi il compito").click()
    expect(page.get_by_text("Richiamare").first).to_be_visible()
    expect(due).to_have_value("")
    assert [one["due_at"] for one in window.send("GET", "/activities?kind=task")["data"]] == ["2027-03-07T14:00:00.000Z"]


def test_the_calendar_fits_a_phone(windows):
    window = windows.demo(theme="dark", width=360, height=780, touch=True)
    page = window.page
    dialog, field = creating(page, window, "it")
    field.scroll_into_view_if_needed()
    field.get_by_role("button", name="Apri il calendario").tap()
    panel = page.locator(".calendar-panel")
    box = panel.bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= 360 and box["y"] >= 0 and box["y"] + box["height"] <= 780
    day = panel.locator("[data-day]").first.bounding_box()
    assert day["width"] >= 44 and day["height"] >= 44
    assert violations(page) == []
    panel.get_by_role("button", name="Oggi").tap()
    expect(panel).to_have_count(0)
    expect(field.get_by_role("textbox")).not_to_have_value("")
    page.keyboard.press("Escape")
