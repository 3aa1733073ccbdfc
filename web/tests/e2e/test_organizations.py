"""A person of two companies goes from one to the other, and sees of each its own alone."""
import re

from playwright.sync_api import expect
from test_list import company
from test_screens import settled


def test_a_person_of_two_companies_goes_to_the_other(windows):
    consultant, deals = company(windows)
    other = windows.founder()
    other.send("POST", "/opportunities", {"title": "Ristrutturazione del capannone", "amount": 7_000_000, "amount_currency": "EUR"})
    windows.verify(other)
    roles = other.send("GET", "/roles?limit=200")["data"]
    other.send("POST", "/invitations", {
        "email": consultant.address, "role_id": next(one["id"] for one in roles if one["key"] == "org_admin")})
    page = consultant.page
    page.goto(windows.link(consultant.address, "invitation"))
    page.locator("form button[type=submit]").first.click()
    page.wait_for_url(re.compile(rf"/o/{other.organization}\b"))

    page = consultant.goto("opportunities?view=list")
    settled(page)
    expect(page.get_by_text(deals[0]["title"])).to_be_visible()
    names = {one["organization"]["slug"]: one["organization"]["name"] for one in consultant.send("GET", "/me")["memberships"]}
    page.get_by_role("button", name=names[consultant.organization]).click()
    page.get_by_role("menuitemcheckbox", name=names[other.organization], exact=True).or_(
        page.get_by_role("menuitem", name=names[other.organization], exact=True)).click()
    page.wait_for_url(re.compile(rf"/o/{other.organization}\b"))
    consultant.organization = other.organization
    page = consultant.goto("opportunities?view=list")
    settled(page)
    expect(page.get_by_text("Ristrutturazione del capannone")).to_be_visible()
    expect(page.get_by_text(deals[0]["title"])).to_have_count(0)
    # The address of a record of the former company opens nothing here.
    consultant.expect_fault("status of 404")
    consultant.goto(f"opportunities/{deals[0]['id']}")
    expect(page.get_by_text(deals[0]["title"])).to_have_count(0)


def test_a_person_makes_another_company_and_comes_back(windows):
    window = windows.founder()
    first = window.organization
    page = window.goto("opportunities?view=list")
    settled(page)
    page.get_by_role("button", name=re.compile("Officine Ferri")).first.click()
    page.get_by_role("menuitem", name="Nuova organizzazione").click()
    page.wait_for_url(re.compile("/organization$"))
    page.locator("[name=name]").fill("Seconda Ferri")
    page.locator("form button[type=submit]").first.click()
    page.wait_for_url(re.compile("/o/seconda-ferri.*/start"))
    settled(page)
    page.get_by_role("button", name=re.compile("Seconda Ferri")).first.click()
    page.get_by_role("menuitemcheckbox", name=re.compile("Officine Ferri")).click()
    page.wait_for_url(re.compile(f"/o/{first}(/|$)"))
