"""A lead becomes a customer and a deal; what is known already is proposed."""
import re

from axe import violations
from foreign import foreign
from playwright.sync_api import expect
from test_screens import settled
from words import WORDS

LEAD = {"first_name": "Anna", "last_name": "Ricci", "company": "Hottechi", "email": "anna@hottechi.example"}


def convert(window, lead, say):
    page = window.goto(f"leads/{lead['id']}")
    settled(page)
    page.get_by_role("button", name=say["convert"]).first.click()
    return page, page.get_by_role("dialog")


def test_a_lead_becomes_a_customer_and_a_deal(windows, language):
    say = WORDS[language]
    window = windows.founder(language)
    lead = window.send("POST", "/leads", LEAD)
    page, dialog = convert(window, lead, say)
    expect(dialog.get_by_label(say["make_account"].format("Hottechi"))).to_be_checked()
    assert violations(page) == []
    dialog.get_by_role("button", name=say["next"]).click()
    title = dialog.locator("[data-field=title] input")
    expect(title).to_have_value("Hottechi")
    title.fill("GTX Pro per Hottechi")
    dialog.locator("[data-field=amount] input").first.fill("4821")
    dialog.get_by_role("button", name=say["back"]).click()
    dialog.get_by_role("button", name=say["next"]).click()
    expect(title).to_have_value("GTX Pro per Hottechi")
    assert violations(page) == []
    dialog.get_by_role("button", name=say["convert"]).click()
    expect(dialog.get_by_text(say["are_ready"])).to_be_visible()
    dialog.get_by_role("button", name=say["open_deal"]).click()
    page.wait_for_url(re.compile("/opportunities/"))
    deal = window.send("GET", "/opportunities?include=account,contact")["data"][0]
    assert (deal["title"], deal["amount"]) == ("GTX Pro per Hottechi", 482100)
    assert deal["account"]["name"] == "Hottechi" and deal["contact"]["last_name"] == "Ricci"
    assert window.send("GET", f"/leads/{lead['id']}")["status"] == "converted"


def test_who_is_a_customer_already_is_proposed(windows, language):
    say = WORDS[language]
    window = windows.founder(language)
    account = window.send("POST", "/accounts", {"name": "Hottechi"})
    lead = window.send("POST", "/leads", LEAD)
    page, dialog = convert(window, lead, say)
    expect(dialog.get_by_text(say["one_like_it"])).to_be_visible()
    expect(dialog.get_by_label(re.compile("^Hottechi"))).to_be_checked()
    dialog.get_by_role("button", name=say["next"]).click()
    dialog.get_by_role("button", name=say["convert"]).click()
    expect(dialog.get_by_text(say["are_ready"])).to_be_visible()
    assert [one["id"] for one in window.send("GET", "/accounts")["data"]] == [account["id"]]
    dialog.get_by_role("link", name="Hottechi").first.click()
    page.wait_for_url(re.compile(account["id"]))
    expect(page.get_by_text("Ricci").first).to_be_visible()


def test_what_would_be_made_twice_is_named(windows, language):
    say = WORDS[language]
    window = windows.founder(language)
    account = window.send("POST", "/accounts", {"name": "Hottechi"})
    page = window.goto("accounts?view=list")
    settled(page)
    page.keyboard.press("c")
    dialog = page.get_by_role("dialog")
    dialog.locator("[data-field=name] input").fill("Hottechi")
    expect(dialog.get_by_text(say["maybe_there"])).to_be_visible()
    expect(dialog.locator(f"[data-record-id='{account['id']}']")).to_contain_text("Hottechi")
    assert violations(page) == []
    assert foreign(page, language) == []
