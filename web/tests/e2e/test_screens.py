"""Every screen, in both themes and at three widths: without a fault, accessible, and kept as a picture."""
import pytest
from axe import violations
from conftest import keep
from playwright.sync_api import expect

SCREENS = {
    "board": "opportunities?view=board",
    "list": "opportunities?view=list",
    "leads": "leads?view=list",
    "accounts": "accounts?view=list",
    "contacts": "contacts",
    "products": "products",
    "activities": "activities?view=list",
    "dashboard": "dashboard?period=all",
    "imports": "imports",
    "import-new": "imports/new?entity=sales.opportunity",
    "pipelines": "pipelines",
    "stages": "stages",
    "nothing": "nowhere",
    "start": "start",
    "notifications": "notifications",
    "settings-profile": "settings/profile",
    "settings-security": "settings/security",
    "settings-branding": "settings/branding",
    "settings-organization": "settings/organization",
    "settings-members": "settings/members",
    "settings-teams": "settings/teams",
    "settings-roles": "settings/roles",
    "settings-keys": "settings/api-keys",
    "settings-plugins": "settings/plugins",
    "settings-audit": "settings/audit",
    "settings-security-audit": "settings/security-audit",
    "settings-jobs": "settings/jobs",
}


def settled(page):
    """Nothing on the page says any longer that it is being loaded."""
    expect(page.locator("h1").first).to_be_visible()
    expect(page.locator("[aria-busy=true], .skeleton")).to_have_count(0)
    page.evaluate("() => document.fonts.ready.then(() => true)")


@pytest.fixture(scope="module", params=["light", "dark"])
def admin(request, chromium, server, lines):
    from conftest import Windows

    windows = Windows(chromium, server, lines)
    window = windows.demo(theme=request.param)
    window.theme = request.param
    yield window
    windows.close()


@pytest.mark.parametrize("name", SCREENS)
def test_screen_is_accessible_and_fits(admin, name):
    page = admin.page
    page.set_viewport_size({"width": 1440, "height": 860})
    admin.goto(SCREENS[name])
    settled(page)
    keep(page, f"{name}-{admin.theme}-1440")
    assert violations(page) == []
    for width, height in ((1024, 768), (360, 780)):
        page.set_viewport_size({"width": width, "height": height})
        settled(page)
        keep(page, f"{name}-{admin.theme}-{width}")
        assert page.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth"), f"{name} is wider than {width}"
        if width == 360:
            assert violations(page) == []
    assert admin.unexpected() == []


@pytest.mark.parametrize("path", ["opportunities", "leads", "accounts"])
def test_record_is_accessible(admin, path):
    page = admin.page
    page.set_viewport_size({"width": 1440, "height": 860})
    if path == "leads":
        record = admin.send("POST", "/leads", {"first_name": "Anna", "last_name": "Ricci", "company": "Acme"})["id"]
    else:
        record = admin.send("GET", f"/{path}?limit=1")["data"][0]["id"]
    admin.goto(f"{path}/{record}")
    settled(page)
    keep(page, f"record-{path}-{admin.theme}-1440")
    assert violations(page) == []
    page.set_viewport_size({"width": 360, "height": 780})
    settled(page)
    keep(page, f"record-{path}-{admin.theme}-360")
    assert page.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth")
    assert violations(page) == []
    assert admin.unexpected() == []


@pytest.mark.parametrize("path", ["opportunities", "leads", "accounts", "contacts"])
def test_the_dialog_that_makes_a_record_is_accessible(admin, path):
    page = admin.page
    page.set_viewport_size({"width": 1440, "height": 860})
    admin.goto(f"{path}?view=list")
    settled(page)
    page.keyboard.press("c")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    keep(page, f"create-{path}-{admin.theme}-1440")
    assert violations(page) == []
    page.set_viewport_size({"width": 360, "height": 780})
    keep(page, f"create-{path}-{admin.theme}-360")
    assert violations(page) == []
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)


PUBLIC = ["login", "signup", "forgot", "reset?token=none", "invitation?token=none", "verify?token=none", "vendor/login"]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("path", PUBLIC)
def test_public_page_is_accessible_in_both_languages(windows, path, theme):
    for language in ("it", "en"):
        window = windows.open(language, theme)
        window.expect_fault(r"the server responded with a status of 4")
        page = window.page
        mark = "&" if "?" in path else "?"
        page.goto(f"{window.server.url}/{path}{mark}lang={language}")
        assert page.locator("html").get_attribute("lang").startswith(language)
        keep(page, f"{path.split('?')[0].replace('/', '-')}-{language}-{theme}")
        assert violations(page) == []
        page.set_viewport_size({"width": 360, "height": 780})
        assert page.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth")
