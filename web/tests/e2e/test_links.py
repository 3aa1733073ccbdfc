"""The pages behind the links in mails, as they stand before somebody goes on: in both languages and both themes."""
import re

from axe import violations
from conftest import keep
from foreign import foreign
from playwright.sync_api import Page


def look(page: Page, name: str, language: str):
    """Holds the page to what every screen is held to, in the light and in the dark, and on a phone."""
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme)
        keep(page, f"{name}-{language}-{theme}")
        assert violations(page) == []
    assert foreign(page, language) == []
    page.set_viewport_size({"width": 360, "height": 780})
    keep(page, f"{name}-{language}-360")
    assert page.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth")
    page.set_viewport_size({"width": 1440, "height": 860})


def test_pages_behind_mailed_links_are_accessible(windows, language):
    founder = windows.founder(language)
    page = founder.page
    page.goto(windows.link(founder.address, "verify"))
    look(page, "verify-link", language)
    page.locator("form button[type=submit]").first.click()
    page.wait_for_url(re.compile("done=1"))
    look(page, "verify-done", language)

    roles = founder.send("GET", "/roles?limit=200")["data"]
    colleague = founder.address.replace("giulia", "paola")
    founder.send("POST", "/invitations", {"email": colleague, "role_id": roles[0]["id"]})
    guest = windows.open(language).page
    guest.goto(windows.link(colleague, "invitation"))
    look(guest, "invitation-link", language)

    guest.goto(f"{founder.server.url}/forgot?lang={language}")
    guest.locator("[name=email]").fill(founder.address)
    guest.locator("form button[type=submit]").first.click()
    guest.goto(windows.link(founder.address, "reset"))
    look(guest, "reset-link", language)
