"""A lost connection: the page says so, what is typed is kept, and what was missed is caught up."""
import re

from conftest import keep
from playwright.sync_api import expect
from test_list import cell, company
from test_screens import settled
from words import WORDS


def test_what_is_changed_without_a_connection_is_sent_when_it_is_back(windows, language):
    say = WORDS[language]
    window, deals = company(windows, language)
    window.expect_fault("ERR_INTERNET_DISCONNECTED|Failed to fetch|ERR_NETWORK")
    page = window.goto("opportunities?view=list")
    settled(page)
    window.context.set_offline(True)
    expect(page.get_by_text(re.compile(say["offline"])).first).to_be_visible()
    title = cell(page, deals[0]["id"], "title")
    title.click()
    page.keyboard.press("Enter")
    page.keyboard.press("Control+a")
    page.keyboard.type("Scritta in cantina")
    page.keyboard.press("Enter")
    expect(title).to_have_text("Scritta in cantina")
    window.context.set_offline(False)
    expect(page.locator(".connection-bar")).to_contain_text(say["one_sent"])
    expect(title).to_have_text("Scritta in cantina")
    page.reload()
    expect(title).to_have_text("Scritta in cantina")
    assert window.send("GET", f"/opportunities/{deals[0]['id']}")["title"] == "Scritta in cantina"


def test_a_note_written_without_a_connection_is_sent_once_when_it_is_back(windows, language):
    say = WORDS[language]
    window, deals = company(windows, language)
    window.expect_fault("ERR_INTERNET_DISCONNECTED|Failed to fetch|ERR_NETWORK")
    page = window.goto(f"opportunities/{deals[0]['id']}")
    settled(page)
    note = page.get_by_label(say["write_note"])
    note.wait_for()
    window.context.set_offline(True)
    expect(page.get_by_text(re.compile(say["offline"])).first).to_be_visible()
    note.fill("Il quadro elettrico è nel seminterrato")
    note.press("Control+Enter")
    expect(note).to_have_value("")
    waiting = page.locator("[data-moment=waiting]")
    expect(waiting).to_contain_text("Il quadro elettrico è nel seminterrato")
    keep(page, f"record-offline-{language}")
    # Taken back before it went, and written again.
    page.get_by_role("button", name=say["undo"]).click()
    expect(waiting).to_have_count(0)
    note.fill("Il quadro elettrico è al primo piano")
    note.press("Control+Enter")
    expect(waiting).to_contain_text("primo piano")
    window.context.set_offline(False)
    expect(page.locator(".connection-bar")).to_contain_text(say["one_sent"])
    expect(waiting).to_have_count(0)
    expect(page.locator(".moment", has_text="primo piano")).to_have_count(1)
    kept = window.send("GET", f"/activities?opportunity_id={deals[0]['id']}")["data"]
    assert [one["subject"] for one in kept] == ["Il quadro elettrico è al primo piano"]
