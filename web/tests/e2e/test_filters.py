"""What a list shows: filters that are built by hand, columns, order, what is done with many, what is taken along."""
import re

from axe import violations
from foreign import foreign
from playwright.sync_api import expect
from test_list import company
from test_screens import settled
from words import WORDS


def opened(windows, language="it", path="opportunities?view=list"):
    window, deals = company(windows, language)
    page = window.goto(path)
    settled(page)
    return window, page, page.locator("[role=row][data-record-id]")


def test_a_filter_is_added_changed_and_taken_off(windows, language):
    say = WORDS[language]
    _, page, rows = opened(windows, language)
    page.keyboard.press("f")
    panel = page.get_by_role("dialog", name=say["filter_field"])
    panel.get_by_role("combobox").fill(say["amount"][:6])
    page.keyboard.press("Enter")
    condition = panel.get_by_label(f"{say['amount']}: {say['condition']}")
    condition.select_option("atLeast")
    panel.get_by_role("textbox").fill("2000")
    expect(rows).to_have_count(2)
    assert violations(page) == []
    condition.select_option("between")
    panel.locator(".filter-span input").first.fill(say["one_and_a_half_thousand"])
    panel.locator(".filter-span input").last.fill(say["two_and_a_half_thousand"])
    expect(rows).to_have_count(1)
    page.keyboard.press("Escape")
    expect(panel).to_have_count(0)
    page.reload()
    expect(rows).to_have_count(1)
    page.get_by_role("button", name=re.compile("^" + say["remove_filter"])).first.click()
    expect(rows).to_have_count(3)


def test_a_filter_by_person_and_by_stage(windows):
    _, page, rows = opened(windows)
    page.get_by_role("button", name="Filtro", exact=True).click()
    panel = page.get_by_role("dialog", name="Campo da filtrare")
    panel.get_by_role("combobox").fill("Responsabile")
    page.keyboard.press("Enter")
    panel.get_by_role("option", name=re.compile("Giulia Ferri")).first.click()
    page.keyboard.press("Escape")
    expect(rows).to_have_count(3)
    expect(page).to_have_url(re.compile("owner_id"))


def test_conditions_are_joined(windows, language):
    say = WORDS[language]
    _, page, rows = opened(windows, language)
    page.get_by_role("button", name=say["filter"], exact=True).click()
    page.get_by_role("button", name=say["advanced_filter"] + "…").click()
    dialog = page.get_by_role("dialog", name=say["advanced_filter"])
    for at, text in ((0, "Trattativa 1"), (1, "Trattativa 3")):
        line = dialog.locator(".condition-row").nth(at)
        line.get_by_label(say["field"]).select_option("title")
        line.get_by_label(say["condition"]).select_option("contains")
        line.get_by_role("textbox").fill(text)
    assert violations(page) == []
    assert foreign(page, language) == []
    dialog.get_by_role("button", name=say["show_results"]).click()
    expect(rows).to_have_count(2)
    page.reload()
    expect(rows).to_have_count(2)


def test_columns_come_go_and_move(windows, language):
    say = WORDS[language]
    _, page, _ = opened(windows, language)
    heads = page.get_by_role("columnheader")
    expect(heads.filter(has_text=say["probability"])).to_have_count(1)
    page.get_by_role("button", name=say["view"], exact=True).click()
    panel = page.get_by_role("dialog", name=say["view"])
    panel.get_by_role("button", name=f"{say['hide']} {say['probability']}").click()
    expect(heads.filter(has_text=say["probability"])).to_have_count(0)
    panel.get_by_role("combobox").fill(say["product"])
    page.keyboard.press("Enter")
    expect(heads.filter(has_text=say["product"])).to_have_count(1)
    panel.get_by_role("button", name=f"{say['hide']} {say['product']}").focus()
    panel.get_by_role("button", name=say["move_before"].format(say["product"])).click()
    assert violations(page) == []
    page.keyboard.press("Escape")
    page.reload()
    expect(heads.filter(has_text=say["product"])).to_have_count(1)
    heads.filter(has_text=say["amount"]).click()
    expect(page).to_have_url(re.compile("sort="))
    page.get_by_role("button", name=say["view"], exact=True).click()
    panel.get_by_role("button", name=say["reset_columns"]).click()
    expect(heads.filter(has_text=say["product"])).to_have_count(0)


def test_a_column_is_widened_by_mouse_and_by_keys(windows):
    _, page, _ = opened(windows)
    head = page.locator("[role=columnheader][data-column=amount]")
    before = head.bounding_box()["width"]
    edge = head.locator(".grid-resize").bounding_box()
    x, y = edge["x"] + edge["width"] / 2, edge["y"] + edge["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 60, y, steps=4)
    page.mouse.up()
    expect(page).to_have_url(re.compile(f"amount~{round(before + 60)}"))
    head.focus()
    page.keyboard.press("Shift+ArrowRight")
    expect(page).to_have_url(re.compile(f"amount~{round(before + 76)}"))
    page.reload()
    settled(page)
    assert round(head.bounding_box()["width"]) == round(before + 76)


def test_the_total_follows_what_is_edited(windows):
    _, page, rows = opened(windows)
    foot = page.locator(".list-foot")
    expect(foot).to_contain_text("6.000")
    rows.filter(has_text="Trattativa 1").locator("[data-field=amount]").click()
    page.keyboard.press("Enter")
    page.keyboard.press("Control+a")
    page.keyboard.type("4000")
    page.keyboard.press("Enter")
    expect(foot).to_contain_text("9.000")


def test_many_are_changed_at_once_after_a_preview(windows, language):
    say = WORDS[language]
    window, page, rows = opened(windows, language)
    page.get_by_role("checkbox", name=say["select_all"]).click()
    bar = page.get_by_role("toolbar", name=say["selection"])
    bar.get_by_role("button", name=say["change_field"]).click()
    dialog = page.get_by_role("dialog", name=say["change_three"])
    dialog.get_by_label(say["field"], exact=True).select_option("amount")
    dialog.get_by_label(say["new_value"]).fill("500")
    expect(dialog.get_by_text(say["three_will_change"])).to_be_visible()
    assert violations(page) == []
    assert foreign(page, language) == []
    dialog.get_by_role("button", name=say["change_three"]).click()
    for row in range(3):
        expect(rows.nth(row).locator("[data-field=amount]")).to_contain_text("500")
    assert {one["amount"] for one in window.send("GET", "/opportunities")["data"]} == {50000}


def test_what_is_shown_is_taken_along_as_a_file(windows, language):
    say = WORDS[language]
    window, deals = company(windows, language)
    windows.verify(window)
    account = window.send("POST", "/accounts", {"name": "Officine Rossi"})
    window.send("PATCH", f"/opportunities/{deals[1]['id']}", {"account_id": account["id"]})
    page = window.goto("opportunities?view=list&amount[gte]=200000&sort=amount&columns=amount,account_id,title")
    settled(page)
    page.get_by_role("button", name=say["export"], exact=True).click()
    with page.expect_download() as download:
        page.get_by_role("menuitem", name="CSV (.csv)").click()
    lines = download.value.path().read_text(encoding="utf-8-sig").splitlines()
    assert lines == [say["exported_heads"], "2000.00,EUR,Officine Rossi,Trattativa 2", "3000.00,EUR,,Trattativa 3"]
