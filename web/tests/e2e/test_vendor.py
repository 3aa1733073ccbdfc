"""The vendor's console: the first log-in sets up the second factor, an organization is suspended and let in again."""
import re
import time

import pyotp
from axe import violations
from playwright.sync_api import expect
from test_list import company
from words import WORDS

ADDRESS = "vera@stratikey.example"
OWN = "Cavalla corretta graffetta 7"


def enrolled(windows, address=ADDRESS, language="it", **more):
    """One of the vendor's people, at the console after the first log-in; and the codes of the second factor."""
    words = windows.server.command("vendor", "create", "--email", address, "--name", "Vera Venditti", "--role", "super_admin")
    password = re.search(r"password: (\S+)", words).group(1)
    say = WORDS[language]
    window = windows.open(language, **more)
    page = window.page
    window.expect_fault("status of 40[13]")
    page.goto(f"{window.server.url}/vendor/login?lang={language}")
    log_in(page, password, address)
    page.locator("[name=code]").wait_for()
    expect(page.get_by_role("img", name=say["qr_code"])).to_be_visible()
    codes = pyotp.TOTP(page.locator(".secret code").inner_text().replace(" ", ""))
    assert violations(page) == []
    page.locator("[name=code]").fill(codes.now())
    page.locator("[name=password]").fill(OWN)
    page.locator("form button[type=submit]").first.click()
    expect(page.get_by_role("heading", name=say["organizations"], level=1)).to_be_visible()
    return window, codes


def log_in(page, password, address=ADDRESS):
    page.locator("[name=email]").fill(address)
    page.locator("[name=password]").fill(password)
    page.locator("form button[type=submit]").first.click()


def test_an_organization_is_suspended_and_reactivated(windows):
    founder, _ = company(windows, deals=1)
    name = founder.send("GET", "/settings")["name"]
    window, codes = enrolled(windows)
    page = window.page
    page.get_by_label("Cerca per nome o indirizzo").fill(name)
    line = page.get_by_role("row").filter(has_text=founder.organization)
    expect(line).to_contain_text("Attiva")
    assert violations(page) == []
    line.get_by_role("link", name=name).click()
    expect(page.get_by_role("heading", name=name, level=1)).to_be_visible()
    expect(page.locator(".vendor-usage")).to_contain_text("Membri")
    page.get_by_role("button", name="Sospendi").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Motivo").fill("Non paga da sei mesi")
    assert violations(page) == []
    dialog.get_by_role("button", name="Sospendi").click()
    expect(page.get_by_text("Non paga da sei mesi")).to_be_visible()
    # Its people are let out.
    founder.expect_fault("status of 40[13]")
    founder.goto("opportunities")
    expect(founder.page.locator("[data-column], [role=row]")).to_have_count(0)
    page.get_by_role("button", name="Riattiva").click()
    expect(page.get_by_role("button", name="Sospendi")).to_be_visible()
    page.get_by_role("link", name="Registro sicurezza").click()
    expect(page.get_by_role("heading", name="Registro sicurezza", level=1)).to_be_visible()
    expect(page.locator("tbody tr").filter(has_text="Vera Venditti").first).to_be_visible()
    assert violations(page) == []
    # At the second log-in the person's own password and a code are asked for.
    page.get_by_role("button", name="Esci").click()
    page.wait_for_url(re.compile("/vendor/login"))
    log_in(page, OWN)
    page.locator("[name=totp]").fill(codes.at(time.time(), counter_offset=1))
    page.locator("form button[type=submit]").first.click()
    expect(page.get_by_role("heading", name="Organizzazioni", level=1)).to_be_visible()
    page.set_viewport_size({"width": 360, "height": 780})
    assert page.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth")
    founder.page.goto(f"{founder.server.url}/login?lang=it")
