"""The page of a record: what happened is written down, what is to be done is done, what was changed is told."""
import re

from axe import violations
from playwright.sync_api import expect
from test_list import company
from test_screens import settled
from words import WORDS


def opened(windows, language="it"):
    window, deals = company(windows, language)
    page = window.goto(f"opportunities/{deals[0]['id']}")
    settled(page)
    return window, page, deals


def test_a_call_is_logged_and_a_task_is_done(windows, language):
    say = WORDS[language]
    window, page, _ = opened(windows, language)
    page.keyboard.press("n")
    page.keyboard.type("Vuole uno sconto")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Vuole uno sconto")).to_be_visible()
    expect(page.get_by_label(say["write_note"])).to_have_value("")
    page.locator(".composer-kind", has_text=say["task"]).click()
    page.get_by_label(say["write_task"]).fill("Mandare l'offerta")
    assert violations(page) == []
    page.get_by_role("button", name=say["add_task"]).click()
    done = page.get_by_role("checkbox", name=re.compile("Mandare l'offerta"))
    expect(done).to_be_visible()
    done.click()
    expect(page.get_by_text(say["is_done"].format("Mandare l'offerta")).first).to_be_visible()
    tasks = window.send("GET", "/activities?kind=task")["data"]
    assert [one["completed_at"] is not None for one in tasks] == [True]
    # What was being written is there after a reload.
    page.locator(".composer-kind", has_text=say["note"]).click()
    note = page.get_by_label(say["write_note"])
    note.fill("Ancora da finire")
    page.reload()
    expect(note).to_have_value("Ancora da finire")


def test_its_history_its_copy_and_its_removal(windows, language):
    say = WORDS[language]
    window, page, deals = opened(windows, language)
    window.send("PATCH", f"/opportunities/{deals[0]['id']}", {"title": "Ribattezzata"})
    menu = page.get_by_role("button", name=say["more_actions"])
    expect(page.get_by_role("heading", name="Ribattezzata").first).to_be_visible()
    menu.click()
    page.get_by_role("menuitem", name=say["history"]).click()
    expect(page.locator(".history")).to_contain_text("Trattativa 1")
    assert violations(page) == []
    menu.click()
    page.get_by_role("menuitem", name=say["why_seen"]).click()
    expect(page.get_by_role("dialog")).to_be_visible()
    assert violations(page) == []
    page.keyboard.press("Escape")
    menu.click()
    page.get_by_role("menuitem", name=say["duplicate"]).click()
    dialog = page.get_by_role("dialog")
    expect(dialog.locator("[data-field=title] input")).to_have_value("Ribattezzata")
    page.keyboard.press("Escape")
    menu.click()
    page.get_by_role("menuitem", name=say["delete"]).click()
    page.wait_for_url(re.compile(r"/opportunities(\?|$)"))
    page.get_by_role("button", name=say["undo"], exact=True).last.click()
    expect(page.get_by_text(say["is_back"].format("Ribattezzata"))).to_be_visible()


def test_a_deal_is_won_by_its_path_and_walked_to_the_next(windows, language):
    say = WORDS[language]
    window, page, deals = opened(windows, language)
    won = page.get_by_role("list", name=say["stage"]).get_by_role("button", name=say["won"])
    won.click()
    expect(won).to_have_attribute("aria-current", "step")
    expect(page.get_by_text(f"{say['stage']}: {say['won']}")).to_be_visible()
    assert window.send("GET", f"/opportunities/{deals[0]['id']}?include=stage")["stage"]["kind"] == "won"
    page = window.goto("opportunities?view=list")
    settled(page)
    page.get_by_role("link", name="Trattativa 3").click()
    page.wait_for_url(re.compile(deals[2]["id"]))
    expect(page.get_by_role("heading", name="Trattativa 3").first).to_be_visible()
    settled(page)
    page.keyboard.press("j")
    page.wait_for_url(re.compile(deals[1]["id"]))
