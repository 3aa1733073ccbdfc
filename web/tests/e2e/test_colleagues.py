"""Two people of one company: what concerns the one is told to the other, who looks is seen, what is shared is shared."""
import re

import pytest
from axe import violations
from playwright.sync_api import expect
from test_list import company
from test_screens import settled
from words import WORDS


@pytest.fixture
def pair(windows, language):
    """The founder of a company with three deals, and a colleague."""
    founder, deals = company(windows, language)
    return founder, windows.colleague(founder, "sales_manager", language=language), deals


def test_who_is_assigned_a_deal_is_told(pair, language):
    say = WORDS[language]
    founder, colleague, deals = pair
    page = colleague.goto("leads?view=list")
    settled(page)
    unread = page.get_by_role("navigation", name=say["navigation"]).get_by_role("link", name=re.compile(say["notifications"]))
    expect(unread).to_be_visible()
    before = unread.inner_text()
    founder.send("PATCH", f"/opportunities/{deals[1]['id']}", {"owner_id": colleague.member})
    expect(unread.locator(".count")).to_contain_text("1")
    assert unread.inner_text() != before
    unread.click()
    settled(page)
    line = page.locator(f"[data-record-id='{deals[1]['id']}']")
    expect(line).to_contain_text("Trattativa 2")
    expect(line).to_contain_text("Giulia Ferri")
    assert line.get_attribute("data-unread") is not None
    assert violations(page) == []
    line.get_by_role("link").click()
    page.wait_for_url(re.compile(deals[1]["id"]))
    expect(unread.locator(".count")).to_have_count(0)


def test_all_are_marked_as_read(pair, language):
    say = WORDS[language]
    founder, colleague, deals = pair
    for deal in deals:
        founder.send("PATCH", f"/opportunities/{deal['id']}", {"owner_id": colleague.member})
    page = colleague.goto("notifications?read=false")
    expect(page.locator("[data-unread]")).to_have_count(3)
    page.get_by_role("button", name=say["read_all"]).click()
    expect(page.locator("[data-unread]")).to_have_count(0)
    expect(page.locator(".nav-item .count")).to_have_count(0)
    page.reload()
    expect(page.get_by_text(say["all_read"])).to_be_visible()
    page.get_by_role("link", name=say["show_all"]).click()
    expect(page.locator(".notification-link")).to_have_count(3)


def test_who_else_looks_at_a_record_is_seen(pair, language):
    say = WORDS[language]
    founder, colleague, deals = pair
    founder.send("PATCH", f"/opportunities/{deals[0]['id']}", {"owner_id": colleague.member})
    here, there = founder.goto(f"opportunities/{deals[0]['id']}"), colleague.goto(f"opportunities/{deals[0]['id']}")
    expect(here.get_by_role("region", name=say["here_now"])).to_contain_text("Marco Neri")
    expect(there.get_by_role("region", name=say["here_now"])).to_contain_text("Giulia Ferri")
    assert violations(here) == []
    there.get_by_role("navigation", name=say["navigation"]).get_by_role("link", name=say["leads"]).click()
    expect(here.get_by_role("region", name=say["here_now"])).to_have_count(0)


def test_what_a_role_hides_is_named_and_not_shown(windows):
    founder, deals = company(windows)
    colleague = windows.colleague(founder, "viewer")
    # Nothing is asked in the name of a role that changes meanwhile.
    colleague.page.goto("about:blank")
    viewer = next(one for one in founder.send("GET", "/roles?limit=200")["data"] if one["key"] == "viewer")
    role = founder.send("POST", f"/roles/{viewer['id']}/copies", {"name": "Senza importi"})
    founder.send("PATCH", f"/roles/{role['id']}", {"field_access": [
        {"entity": "sales.opportunity", "field": "amount", "access": "hidden"}]})
    founder.send("PATCH", f"/members/{colleague.member}", {"role_id": role["id"]})
    page = colleague.goto(f"opportunities/{deals[0]['id']}")
    settled(page)
    expect(page.get_by_text("1.000")).to_have_count(0)
    page.get_by_role("button", name="Altre azioni").click()
    page.get_by_role("menuitem", name="Perché lo vedo").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Importo")
    expect(dialog).not_to_contain_text("amount")
    assert violations(page) == []


def keep(page, say, name, sharing):
    page.get_by_role("button", name=say["save_view"]).click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label(say["name"]).fill(name)
    dialog.get_by_label(say["who_sees"]).select_option(sharing)
    assert violations(page) == []
    dialog.get_by_role("button", name=say["save"]).click()
    expect(dialog).to_have_count(0)
    expect(views(page, say).get_by_role("button", name=re.compile(name)).first).to_be_visible()


def views(page, say):
    return page.get_by_role("group", name=say["views"])


def test_a_saved_view_is_ones_own_until_it_is_shared(pair, language):
    say = WORDS[language]
    founder, colleague, _ = pair
    page = founder.goto("opportunities?view=list&amount[gte]=200000")
    settled(page)
    keep(page, say, "Le grandi", "shared")
    founder.goto("opportunities?view=list&amount[gte]=300000")
    settled(page)
    keep(page, say, "Le mie", "private")
    other = colleague.goto("opportunities?view=list")
    settled(other)
    expect(views(other, say).get_by_role("button", name="Le grandi")).to_be_visible()
    expect(views(other, say).get_by_role("button", name=re.compile("Le mie"))).to_have_count(0)
    # What it shows, it shows to who was given it as well.
    views(other, say).get_by_role("button", name="Le grandi").click()
    expect(other).to_have_url(re.compile("amount"))
    # One's own is shared later, and taken back.
    page.get_by_role("button", name=re.compile(say["quoted"].format("Le mie"))).click()
    page.get_by_role("menuitem", name=say["share"]).click()
    expect(views(page, say).get_by_text(say["mine"])).to_have_count(0)
    other.reload()
    expect(views(other, say).get_by_role("button", name=re.compile("Le mie"))).to_be_visible()
    page.get_by_role("button", name=re.compile(say["quoted"].format("Le mie"))).click()
    page.get_by_role("menuitem", name=say["remove_view"]).click()
    expect(views(page, say).get_by_role("button", name=re.compile("Le mie"))).to_have_count(0)
    page.get_by_role("button", name=say["undo"], exact=True).last.click()
    expect(views(page, say).get_by_role("button", name=re.compile("Le mie")).first).to_be_visible()


def test_a_saved_view_is_renamed_and_changed(windows, language):
    say = WORDS[language]
    window, deals = company(windows, language)
    page = window.goto("opportunities?view=list&amount[gte]=200000")
    settled(page)
    keep(page, say, "Le grandi", "private")
    rows = page.locator("[role=row][data-record-id]")
    expect(rows).to_have_count(2)
    search = page.get_by_role("search").get_by_role("textbox")
    search.fill("Trattativa 3")
    expect(rows).to_have_count(1)
    expect(page.get_by_text(say["modified"])).to_be_visible()
    more = page.get_by_role("button", name=re.compile(say["more"]))
    more.click()
    page.get_by_role("menuitem", name=say["save_changes"]).click()
    expect(page.get_by_text(say["modified"])).to_have_count(0)
    more.click()
    page.get_by_role("menuitem", name=say["rename"]).click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label(say["name"]).fill("La più grande")
    dialog.get_by_role("button", name=say["save"]).click()
    expect(views(page, say).get_by_role("button", name=re.compile("^La più grande")).first).to_be_visible()
    window.goto("opportunities?view=list")
    expect(rows).to_have_count(3)
    views(page, say).get_by_role("button", name=re.compile("^La più grande")).first.click()
    expect(rows).to_have_count(1)


def test_a_saved_view_is_opened_from_the_command_menu_as_it_was_kept(windows, language):
    say = WORDS[language]
    window, _ = company(windows, language)
    page = window.goto("opportunities?view=list&amount[gte]=200000&columns=title,amount~200")
    settled(page)
    keep(page, say, "Le grandi", "private")
    window.goto("opportunities?view=board")
    settled(page)
    page.keyboard.press("Control+k")
    page.get_by_role("dialog").get_by_role("combobox").fill("Le grandi")
    page.get_by_role("option", name=re.compile("^Le grandi")).first.click()
    expect(page.locator("[role=row][data-record-id]")).to_have_count(2)
    expect(page.get_by_role("columnheader")).to_have_count(3)
    expect(views(page, say).get_by_role("button", name=re.compile("^Le grandi")).first).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_text(say["modified"])).to_have_count(0)
