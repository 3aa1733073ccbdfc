"""The settings: each page does what it says, and what it did is there after a reload."""
import json
import re
import time
import urllib.parse
import urllib.request

import pyotp
import pytest
from axe import violations
from conftest import PASSWORD, in_italian
from playwright.sync_api import expect
from test_links import look
from test_list import company
from test_screens import settled
from words import WORDS


@pytest.fixture
def founder(windows, language):
    return windows.founder(language)


def test_a_second_factor_is_set_up_asked_for_and_switched_off(windows, founder, language):
    say = WORDS[language]
    page = founder.goto("settings/security")
    settled(page)
    page.get_by_role("button", name=say["turn_on"], exact=True).click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label(say["your_password"]).fill(PASSWORD)
    dialog.get_by_role("button", name=say["next"]).click()
    secret = dialog.locator(".secret .grow").inner_text().replace(" ", "")
    picture = dialog.get_by_role("img", name=say["app_code"])
    expect(picture).to_be_visible()
    dark = picture.locator("path").bounding_box()
    whole = picture.bounding_box()
    module = whole["width"] / (int(picture.get_attribute("viewBox").split()[2]))
    # Four light modules on every side of the dark ones.
    assert abs(dark["x"] - whole["x"] - 4 * module) < 0.5 and abs(whole["width"] - dark["width"] - 8 * module) < 0.5
    codes = pyotp.TOTP(secret)
    assert violations(page) == []
    dialog.get_by_label(say["six_digits"]).fill(codes.now())
    dialog.get_by_role("button", name=say["turn_on"], exact=True).click()
    recovery = dialog.locator(".codes li")
    expect(recovery.first).to_be_visible()
    spare = recovery.first.inner_text()
    dialog.get_by_role("button", name=say["codes_saved"]).click()
    expect(page.get_by_role("button", name=say["turn_off"])).to_be_visible()
    # From now on the password is not enough.
    again = windows.open(language)
    again.expect_fault("status of 4")
    other = again.page
    other.goto(f"{again.server.url}/login?lang={language}")
    other.locator("[name=email]").fill(founder.address)
    other.locator("[name=password]").fill(PASSWORD)
    other.locator("form button[type=submit]").first.click()
    code = other.locator("[name=totp]")
    expect(code).to_be_visible()
    look(other, "login-second-step", language)
    code.fill("000000")
    other.locator("form button[type=submit]").first.click()
    expect(other.get_by_role("alert").first).to_be_visible()
    other.locator("[name=totp]").fill(codes.at(time.time(), counter_offset=1))
    other.locator("form button[type=submit]").first.click()
    other.wait_for_url(re.compile("/o/"))
    page.get_by_role("button", name=say["turn_off"]).click()
    dialog.get_by_label(say["your_password"]).fill(PASSWORD)
    dialog.get_by_label(say["app_or_recovery"]).fill(spare)
    dialog.get_by_role("button", name=say["turn_off"]).click()
    expect(page.get_by_role("button", name=say["turn_on"], exact=True)).to_be_visible()


def test_a_password_is_changed_and_other_sessions_end(windows, founder, language):
    say = WORDS[language]
    other = windows.member(founder.address, PASSWORD, founder.organization, language)
    other.expect_fault("status of 401")
    page = founder.goto("settings/security")
    founder.expect_fault("status of 4")
    settled(page)
    expect(page.get_by_role("table").get_by_text(say["this_one"])).to_be_visible()
    page.get_by_label(say["current_password"]).fill("non è questa")
    page.get_by_label(say["new_password"]).fill("Nuova cavalla batteria 10")
    page.get_by_role("button", name=say["change_password"]).click()
    expect(page.locator(".fault, [role=alert]").first).to_be_visible()
    assert page.get_by_label(say["new_password"]).input_value() == "Nuova cavalla batteria 10"
    page.get_by_label(say["current_password"]).fill(PASSWORD)
    page.get_by_role("button", name=say["change_password"]).click()
    expect(page.get_by_text(say["password_changed"])).to_be_visible()
    page.reload()
    expect(page.get_by_role("table").locator("tbody tr")).to_have_count(1)


def test_a_role_is_copied_and_changed_in_the_matrix(founder, language):
    say = WORDS[language]
    page = founder.goto("settings/roles")
    settled(page)
    page.get_by_role("button", name=say["copy"] + ": " + say["sales_rep"]).click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_label(say["name"])).to_have_value(say["copy_of"].format(say["sales_rep"]))
    dialog.get_by_label(say["name"]).fill("Venditore senior")
    dialog.get_by_role("button", name=say["save"]).click()
    own = say["for"].format("Venditore senior")
    extent = page.locator(f"select[aria-label$='{own}']")
    expect(extent.first).to_be_visible()
    chosen = next(one for one in extent.all() if one.input_value() in ("own", "team"))
    label = chosen.get_attribute("aria-label")
    before = chosen.input_value()
    chosen.select_option("all")
    expect(page.get_by_text(re.compile("^Venditore senior: ")).first).to_be_visible()
    page.reload()
    changed = page.locator(f'select[aria-label="{label}"]')
    expect(changed).to_have_value("all")
    changed.select_option("none")
    page.get_by_role("button", name=say["undo"], exact=True).last.click()
    expect(changed).to_have_value("all")
    assert before != "all"
    page.get_by_role("button", name=say["edit"] + ": Venditore senior").click()
    dialog.get_by_role("button", name=say["delete"]).click()
    expect(dialog).to_contain_text(say["quoted"].format("Venditore senior"))
    dialog.get_by_role("button", name=say["delete"]).click()
    expect(page.locator(f"select[aria-label$='{own}']")).to_have_count(0)


def test_a_key_is_made_shown_once_and_revoked(windows, founder, language):
    say = WORDS[language]
    windows.verify(founder)
    page = founder.goto("settings/api-keys")
    settled(page)
    page.get_by_role("button", name=say["new_key"]).click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label(say["name"]).fill("Contabilità")
    page.reload()
    page.get_by_role("button", name=say["new_key"]).click()
    expect(dialog.get_by_label(say["name"])).to_have_value("Contabilità")
    dialog.get_by_role("button", name=say["create_key"]).click()
    expect(dialog.get_by_text(say["copy_key_now"])).to_be_visible()
    key = dialog.locator(".secret .grow").inner_text()
    assert re.match(r"sk_\w+", key)
    assert violations(page) == []
    dialog.get_by_role("button", name=say["key_copied"]).click()
    expect(page.get_by_role("cell", name="Contabilità", exact=True)).to_be_visible()
    assert key not in page.content()
    page.reload()
    settled(page)
    assert key not in page.content()
    asked = urllib.request.Request(f"{founder.server.url}/api/v1/opportunities", headers={"Authorization": f"Bearer {key}"})
    with urllib.request.urlopen(asked) as answer:
        assert json.load(answer)["data"] == []
    page.get_by_role("button", name=say["revoke"] + ": Contabilità").click()
    expect(dialog).to_contain_text(say["quoted"].format("Contabilità"))
    assert violations(page) == []
    dialog.get_by_role("button", name=say["revoke"]).click()
    expect(page.get_by_role("cell", name="Contabilità", exact=True)).to_have_count(0)
    with pytest.raises(urllib.error.HTTPError, match="401"):
        urllib.request.urlopen(asked)


@in_italian
def test_a_colour_that_could_not_be_read_is_corrected(founder):
    # On dark the yellow is read as it is.
    founder.send("PATCH", "/me", {"theme": "light"})
    page = founder.goto("settings/branding")
    # Actions are in the primary colour where they have none of their own.
    page.get_by_label("Colore principale").fill("#ffff99")
    expect(page.get_by_text(re.compile("Corretto da #ffff99")).first).to_be_visible()
    page.get_by_label("Colore delle azioni").fill("#ffff66")
    expect(page.get_by_text(re.compile("Corretto da #ffff66")).first).to_be_visible()
    page.get_by_role("button", name="Salva").click()
    expect(page.get_by_text("Salvato").first).to_be_visible()
    page.wait_for_function("() => !['', '#ffff66'].includes(document.documentElement.style.getPropertyValue('--accent'))")
    founder.goto("settings/members")
    settled(page)
    assert violations(page) == []
    founder.goto("settings/branding")
    page.get_by_role("button", name="Torna ai nostri colori").click()
    page.get_by_role("button", name="Salva").click()
    expect(page.get_by_text("Salvato").first).to_be_visible()


@in_italian
def test_a_module_is_turned_off_and_on(founder):
    page = founder.goto("settings/plugins")
    settled(page)
    main = page.get_by_role("navigation", name="Navigazione principale")
    expect(main.get_by_role("link", name="Lead")).to_be_visible()
    off = page.get_by_role("button", name=re.compile("^Spegni"))
    name = off.first.get_attribute("aria-label").partition(": ")[2]
    off.first.click()
    on = page.get_by_role("button", name=f"Accendi: {name}")
    expect(on).to_be_visible()
    expect(main.get_by_role("link", name="Lead")).to_have_count(0)
    on.click()
    expect(main.get_by_role("link", name="Lead")).to_be_visible()


def test_the_log_tells_who_changed_what(windows, language):
    say = WORDS[language]
    window, deals = company(windows, language, deals=1)
    window.send("PATCH", f"/opportunities/{deals[0]['id']}", {"title": "Ribattezzata"})
    page = window.goto("settings/audit?entity=sales.opportunity&action=updated")
    settled(page)
    page.get_by_role("button", name=say["show_changes"]).first.click()
    expect(page.locator(".changes")).to_contain_text("Trattativa 1")
    expect(page.locator(".changes")).to_contain_text("Ribattezzata")
    assert violations(page) == []
    page.get_by_role("link", name="Ribattezzata").first.click()
    page.wait_for_url(re.compile(deals[0]["id"]))
    page.go_back()
    page.get_by_label(say["action"], exact=True).select_option("created")
    expect(page).to_have_url(re.compile("action=created"))
    expect(page.locator("tbody tr").first).to_contain_text(say["created"])
    # A day begins and ends where the organization is, summer and winter.
    with page.expect_request(lambda one: "/api/v1/audit?" in one.url) as asked:
        window.goto("settings/audit?from=2026-03-07&until=2026-07-03")
    query = urllib.parse.parse_qs(urllib.parse.urlparse(asked.value.url).query)
    assert (query["at[gte]"], query["at[lt]"]) == (["2026-03-06T23:00:00.000Z"], ["2026-07-03T22:00:00.000Z"])
    window.goto("settings/security-audit")
    settled(page)
    expect(page.locator("tbody tr").first).to_contain_text("Giulia Ferri")


@in_italian
def test_a_team_is_made_with_its_manager_and_changed(windows, founder):
    windows.colleague(founder)
    page = founder.goto("settings/teams")
    settled(page)
    page.get_by_role("button", name="Nuovo team").first.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Nome").fill("Nord")
    dialog.get_by_label("Marco Neri ne fa parte").check()
    dialog.get_by_label("Marco Neri è responsabile").check()
    assert violations(page) == []
    dialog.get_by_role("button", name="Salva").click()
    expect(page.locator(".tree-line", has_text="Nord")).to_contain_text("Marco Neri")
    page.get_by_role("button", name="Nuovo team").first.click()
    dialog.get_by_label("Nome").fill("Nord-est")
    dialog.get_by_label("Sotto").select_option(label="Nord")
    dialog.get_by_role("button", name="Salva").click()
    expect(page.locator(".tree .tree .tree-line")).to_contain_text("Nord-est")
    page.get_by_role("button", name="Modifica: Nord-est").click()
    dialog.get_by_role("button", name="Elimina").click()
    expect(page.locator(".tree .tree .tree-line")).to_have_count(0)
    page.get_by_role("button", name="Annulla", exact=True).last.click()
    expect(page.locator(".tree .tree .tree-line")).to_contain_text("Nord-est")


def test_a_member_changes_roles_is_suspended_and_removed(windows, founder, language):
    say = WORDS[language]
    colleague = windows.colleague(founder)
    colleague.expect_fault("status of 40[13]")
    founder.send("POST", "/opportunities", {"title": "Passa di mano", "owner_id": colleague.member})
    page = founder.goto("settings/members")
    settled(page)
    line = page.locator(f"tr[data-record-id='{colleague.member}']")
    line.get_by_label(say["role"] + ": Marco Neri").select_option(label=say["viewer"])
    page.reload()
    expect(line.locator("select option:checked")).to_have_text(say["viewer"])
    actions = line.get_by_role("button", name=say["actions_for"].format("Marco Neri"))
    actions.click()
    page.get_by_role("menuitem", name=say["why_can_they"]).click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("combobox").last.click()
    page.get_by_role("option", name=re.compile("Passa di mano")).first.click()
    expect(dialog.get_by_text(say["change"], exact=True)).to_be_visible()
    expect(dialog.get_by_text("No", exact=True)).to_be_visible()
    page.keyboard.press("Escape")
    actions.click()
    page.get_by_role("menuitem", name=say["suspend"]).click()
    expect(line).to_contain_text(say["suspended"])
    actions.click()
    page.get_by_role("menuitem", name=say["let_in_again"]).click()
    expect(line).to_contain_text(say["active"])
    actions.click()
    page.get_by_role("menuitem", name=say["remove"] + "…").click()
    dialog.get_by_role("combobox").click()
    page.get_by_role("option", name=re.compile("Giulia Ferri")).click()
    dialog.get_by_role("button", name=say["remove"]).click()
    expect(line).to_have_count(0)
    deal = founder.send("GET", "/opportunities?include=owner")["data"][0]
    assert deal["owner"]["name"] == "Giulia Ferri"


@in_italian
def test_the_profile_speaks_the_other_language_and_goes_dark(founder):
    page = founder.goto("settings/profile")
    settled(page)
    page.get_by_label("Tema").select_option("dark")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.get_by_label("Lingua").select_option("en")
    expect(page.get_by_role("heading", name="Profile").first).to_be_visible()
    page.reload()
    expect(page.get_by_role("heading", name="Profile").first).to_be_visible()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.get_by_label("Name").fill("Giulia Ferri Rossi")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".sidebar-foot")).to_contain_text("Giulia Ferri Rossi")


@in_italian
def test_the_organization_is_described(founder):
    page = founder.goto("settings/organization")
    founder.expect_fault("status of 422")
    name = page.get_by_role("textbox", name="Nome", exact=True)
    before = name.input_value()
    name.fill("")
    page.get_by_label("Ragione sociale").fill("Officine Ferri S.r.l.")
    page.get_by_role("button", name="Salva").click()
    expect(name).to_have_attribute("aria-invalid", "true")
    assert violations(page) == []
    assert page.get_by_label("Ragione sociale").input_value() == "Officine Ferri S.r.l."
    page.reload()
    expect(page.get_by_label("Ragione sociale")).to_have_value("Officine Ferri S.r.l.")
    name.fill(before)
    page.get_by_label("Partita IVA").fill("12345678903")
    page.get_by_role("button", name="Salva").click()
    expect(page.get_by_text("Salvato").first).to_be_visible()
    page.reload()
    expect(page.get_by_label("Partita IVA")).to_have_value("12345678903")
    expect(page.get_by_label("Ragione sociale")).to_have_value("Officine Ferri S.r.l.")
