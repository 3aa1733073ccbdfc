"""The settings: each page does what it says, and what it did is there after a reload."""
import json
import re
import time
import urllib.request

import pyotp
import pytest
from axe import violations
from conftest import PASSWORD
from playwright.sync_api import expect
from test_list import company
from test_screens import settled


@pytest.fixture
def founder(windows):
    return windows.founder("it")


def test_a_second_factor_is_set_up_asked_for_and_switched_off(windows, founder):
    page = founder.goto("settings/security")
    settled(page)
    page.get_by_role("button", name="Attiva", exact=True).click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("La tua password").fill(PASSWORD)
    dialog.get_by_role("button", name="Avanti").click()
    secret = dialog.locator(".secret .grow").inner_text().replace(" ", "")
    picture = dialog.get_by_role("img", name="Codice QR per l'app di autenticazione")
    expect(picture).to_be_visible()
    dark = picture.locator("path").bounding_box()
    whole = picture.bounding_box()
    module = whole["width"] / (int(picture.get_attribute("viewBox").split()[2]))
    # Four light modules on every side of the dark ones.
    assert abs(dark["x"] - whole["x"] - 4 * module) < 0.5 and abs(whole["width"] - dark["width"] - 8 * module) < 0.5
    codes = pyotp.TOTP(secret)
    assert violations(page) == []
    dialog.get_by_label("Codice a 6 cifre").fill(codes.now())
    dialog.get_by_role("button", name="Attiva", exact=True).click()
    recovery = dialog.locator(".codes li")
    expect(recovery.first).to_be_visible()
    spare = recovery.first.inner_text()
    dialog.get_by_role("button", name="Ho conservato i codici").click()
    expect(page.get_by_role("button", name="Disattiva")).to_be_visible()
    # From now on the password is not enough.
    again = windows.open("it")
    again.expect_fault("status of 4")
    other = again.page
    other.goto(f"{again.server.url}/login?lang=it")
    other.locator("[name=email]").fill(founder.address)
    other.locator("[name=password]").fill(PASSWORD)
    other.locator("form button[type=submit]").first.click()
    code = other.locator("[name=totp]")
    expect(code).to_be_visible()
    assert violations(other) == []
    code.fill("000000")
    other.locator("form button[type=submit]").first.click()
    expect(other.get_by_role("alert").first).to_be_visible()
    other.locator("[name=totp]").fill(codes.at(time.time(), counter_offset=1))
    other.locator("form button[type=submit]").first.click()
    other.wait_for_url(re.compile("/o/"))
    page.get_by_role("button", name="Disattiva").click()
    dialog.get_by_label("La tua password").fill(PASSWORD)
    dialog.get_by_label("Codice dell'app o di recupero").fill(spare)
    dialog.get_by_role("button", name="Disattiva").click()
    expect(page.get_by_role("button", name="Attiva", exact=True)).to_be_visible()


def test_a_password_is_changed_and_other_sessions_end(windows, founder):
    other = windows.member(founder.address, PASSWORD, founder.organization)
    other.expect_fault("status of 401")
    page = founder.goto("settings/security")
    founder.expect_fault("status of 4")
    settled(page)
    expect(page.get_by_role("table").get_by_text("Questa")).to_be_visible()
    page.get_by_label("Password attuale").fill("non è questa")
    page.get_by_label("Nuova password").fill("Nuova cavalla batteria 10")
    page.get_by_role("button", name="Cambia password").click()
    expect(page.locator(".fault, [role=alert]").first).to_be_visible()
    assert page.get_by_label("Nuova password").input_value() == "Nuova cavalla batteria 10"
    page.get_by_label("Password attuale").fill(PASSWORD)
    page.get_by_role("button", name="Cambia password").click()
    expect(page.get_by_text("Password cambiata")).to_be_visible()
    page.reload()
    expect(page.get_by_role("table").locator("tbody tr")).to_have_count(1)


def test_a_role_is_copied_and_changed_in_the_matrix(founder):
    page = founder.goto("settings/roles")
    settled(page)
    page.get_by_role("button", name="Copia: Venditore").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_label("Nome")).to_have_value("Copia di Venditore")
    dialog.get_by_label("Nome").fill("Venditore senior")
    dialog.get_by_role("button", name="Salva").click()
    extent = page.locator("select[aria-label$='per Venditore senior']")
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
    page.get_by_role("button", name="Annulla", exact=True).last.click()
    expect(changed).to_have_value("all")
    assert before != "all"
    page.get_by_role("button", name="Modifica: Venditore senior").click()
    dialog.get_by_role("button", name="Elimina").click()
    expect(page.locator("select[aria-label$='per Venditore senior']")).to_have_count(0)


def test_a_key_is_made_shown_once_and_revoked(windows, founder):
    windows.verify(founder)
    page = founder.goto("settings/api-keys")
    settled(page)
    page.get_by_role("button", name="Nuova chiave").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Nome").fill("Contabilità")
    dialog.get_by_role("button", name="Crea chiave").click()
    expect(dialog.get_by_text("Copia la chiave adesso")).to_be_visible()
    key = dialog.locator(".secret .grow").inner_text()
    assert re.match(r"sk_\w+", key)
    assert violations(page) == []
    dialog.get_by_role("button", name="Ho copiato la chiave").click()
    expect(page.get_by_role("cell", name="Contabilità", exact=True)).to_be_visible()
    assert key not in page.content()
    page.reload()
    settled(page)
    assert key not in page.content()
    asked = urllib.request.Request(f"{founder.server.url}/api/v1/opportunities", headers={"Authorization": f"Bearer {key}"})
    with urllib.request.urlopen(asked) as answer:
        assert json.load(answer)["data"] == []
    page.get_by_role("button", name="Revoca: Contabilità").click()
    expect(page.get_by_role("cell", name="Contabilità", exact=True)).to_have_count(0)
    with pytest.raises(urllib.error.HTTPError, match="401"):
        urllib.request.urlopen(asked)


def test_a_colour_that_could_not_be_read_is_corrected(founder):
    # On dark the yellow is read as it is.
    founder.send("PATCH", "/me", {"theme": "light"})
    page = founder.goto("settings/branding")
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


def test_the_log_tells_who_changed_what(windows):
    window, deals = company(windows, deals=1)
    window.send("PATCH", f"/opportunities/{deals[0]['id']}", {"title": "Ribattezzata"})
    page = window.goto("settings/audit?entity=sales.opportunity&action=updated")
    settled(page)
    page.get_by_role("button", name="Mostra modifiche").first.click()
    expect(page.locator(".changes")).to_contain_text("Trattativa 1")
    expect(page.locator(".changes")).to_contain_text("Ribattezzata")
    assert violations(page) == []
    page.get_by_role("link", name="Ribattezzata").first.click()
    page.wait_for_url(re.compile(deals[0]["id"]))
    page.go_back()
    page.get_by_label("Azione", exact=True).select_option("created")
    expect(page).to_have_url(re.compile("action=created"))
    expect(page.locator("tbody tr").first).to_contain_text("Creato")
    window.goto("settings/security-audit")
    settled(page)
    expect(page.locator("tbody tr").first).to_contain_text("Giulia Ferri")


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


def test_a_member_changes_roles_is_suspended_and_removed(windows, founder):
    colleague = windows.colleague(founder)
    colleague.expect_fault("status of 40[13]")
    founder.send("POST", "/opportunities", {"title": "Passa di mano", "owner_id": colleague.member})
    page = founder.goto("settings/members")
    settled(page)
    line = page.locator(f"tr[data-record-id='{colleague.member}']")
    line.get_by_label("Ruolo: Marco Neri").select_option(label="Sola lettura")
    page.reload()
    expect(line.locator("select option:checked")).to_have_text("Sola lettura")
    actions = line.get_by_role("button", name="Azioni per Marco Neri")
    actions.click()
    page.get_by_role("menuitem", name=re.compile("^Perché")).click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("combobox").last.click()
    page.get_by_role("option", name=re.compile("Passa di mano")).first.click()
    expect(dialog.get_by_text("Modificare", exact=True)).to_be_visible()
    expect(dialog.get_by_text("No", exact=True)).to_be_visible()
    page.keyboard.press("Escape")
    actions.click()
    page.get_by_role("menuitem", name="Sospendi").click()
    expect(line).to_contain_text("Sospeso")
    actions.click()
    page.get_by_role("menuitem", name="Riammetti").click()
    expect(line).to_contain_text("Attivo")
    actions.click()
    page.get_by_role("menuitem", name="Rimuovi…").click()
    dialog.get_by_role("combobox").click()
    page.get_by_role("option", name=re.compile("Giulia Ferri")).click()
    dialog.get_by_role("button", name="Rimuovi").click()
    expect(line).to_have_count(0)
    deal = founder.send("GET", "/opportunities?include=owner")["data"][0]
    assert deal["owner"]["name"] == "Giulia Ferri"


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
    name.fill(before)
    page.get_by_label("Partita IVA").fill("12345678903")
    page.get_by_role("button", name="Salva").click()
    expect(page.get_by_text("Salvato").first).to_be_visible()
    page.reload()
    expect(page.get_by_label("Partita IVA")).to_have_value("12345678903")
    expect(page.get_by_label("Ragione sociale")).to_have_value("Officine Ferri S.r.l.")
