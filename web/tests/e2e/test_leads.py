"""A lead becomes a customer and a deal; what is known already is proposed."""
import re

from axe import violations
from playwright.sync_api import expect
from test_screens import settled

LEAD = {"first_name": "Anna", "last_name": "Ricci", "company": "Hottechi", "email": "anna@hottechi.example"}


def convert(window, lead):
    page = window.goto(f"leads/{lead['id']}")
    settled(page)
    page.get_by_role("button", name="Converti").first.click()
    return page, page.get_by_role("dialog")


def test_a_lead_becomes_a_customer_and_a_deal(windows):
    window = windows.founder("it")
    lead = window.send("POST", "/leads", LEAD)
    page, dialog = convert(window, lead)
    expect(dialog.get_by_label("Crea l'azienda «Hottechi»")).to_be_checked()
    assert violations(page) == []
    dialog.get_by_role("button", name="Avanti").click()
    title = dialog.locator("[data-field=title] input")
    expect(title).to_have_value("Hottechi")
    title.fill("GTX Pro per Hottechi")
    dialog.locator("[data-field=amount] input").first.fill("4821")
    dialog.get_by_role("button", name="Indietro").click()
    dialog.get_by_role("button", name="Avanti").click()
    expect(title).to_have_value("GTX Pro per Hottechi")
    assert violations(page) == []
    dialog.get_by_role("button", name="Converti").click()
    expect(dialog.get_by_text("Sono pronti:")).to_be_visible()
    dialog.get_by_role("button", name=re.compile("^Apri")).click()
    page.wait_for_url(re.compile("/opportunities/"))
    deal = window.send("GET", "/opportunities?include=account,contact")["data"][0]
    assert (deal["title"], deal["amount"]) == ("GTX Pro per Hottechi", 482100)
    assert deal["account"]["name"] == "Hottechi" and deal["contact"]["last_name"] == "Ricci"
    assert window.send("GET", f"/leads/{lead['id']}")["status"] == "converted"


def test_who_is_a_customer_already_is_proposed(windows):
    window = windows.founder("it")
    account = window.send("POST", "/accounts", {"name": "Hottechi"})
    lead = window.send("POST", "/leads", LEAD)
    page, dialog = convert(window, lead)
    expect(dialog.get_by_text("C'è già un'azienda che le somiglia.")).to_be_visible()
    expect(dialog.get_by_label(re.compile("^Hottechi"))).to_be_checked()
    dialog.get_by_role("button", name="Avanti").click()
    dialog.get_by_role("button", name="Converti").click()
    expect(dialog.get_by_text("Sono pronti:")).to_be_visible()
    assert [one["id"] for one in window.send("GET", "/accounts")["data"]] == [account["id"]]
    dialog.get_by_role("link", name="Hottechi").first.click()
    page.wait_for_url(re.compile(account["id"]))
    expect(page.get_by_text("Ricci").first).to_be_visible()
