"""Every screen, in both themes and at three widths: without a fault, accessible, and kept as a picture."""
import pytest
from axe import violations
from conftest import keep
from foreign import foreign
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
    assert foreign(page, "it") == []
    for width, height in ((1024, 768), (360, 780)):
        page.set_viewport_size({"width": width, "height": height})
        settled(page)
        keep(page, f"{name}-{admin.theme}-{width}")
        assert page.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth"), f"{name} is wider than {width}"
        if width == 360:
            assert violations(page) == []
    assert admin.unexpected() == []


def any_record(window, path):
    """The id of one of the demo's records, or of a new one where the demo's data have none."""
    made = {"leads": {"last_name": "Ricci", "first_name": "Anna", "company": "Acme"}, "contacts": {"last_name": "Ricci", "first_name": "Anna"}}
    if path in made:
        return window.send("POST", f"/{path}", made[path])["id"]
    return window.send("GET", f"/{path}?limit=1")["data"][0]["id"]


RECORDS = ["opportunities", "leads", "accounts", "contacts", "products"]


@pytest.mark.parametrize("path", RECORDS)
def test_record_is_accessible(admin, path):
    page = admin.page
    page.set_viewport_size({"width": 1440, "height": 860})
    admin.goto(f"{path}/{any_record(admin, path)}")
    settled(page)
    keep(page, f"record-{path}-{admin.theme}-1440")
    assert violations(page) == []
    assert foreign(page, "it") == []
    page.set_viewport_size({"width": 360, "height": 780})
    settled(page)
    keep(page, f"record-{path}-{admin.theme}-360")
    assert page.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth")
    assert violations(page) == []
    assert admin.unexpected() == []


def look(window, name, theme):
    """Keeps what is to be seen, wide and narrow, and says what is wrong with it."""
    page = window.page
    for width, height in ((1440, 860), (360, 780)):
        page.set_viewport_size({"width": width, "height": height})
        settled(page)
        keep(page, f"{name}-{theme}-{width}")
        assert violations(page) == []
        assert page.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth"), f"{name} is wider than {width}"
    page.set_viewport_size({"width": 1440, "height": 860})
    assert window.unexpected() == []


def test_the_advanced_filter_is_accessible(admin):
    page = admin.page
    page.set_viewport_size({"width": 1440, "height": 860})
    admin.goto("opportunities?view=list")
    settled(page)
    page.get_by_role("button", name="Filtro", exact=True).click()
    page.get_by_role("button", name="Filtro avanzato…").click()
    dialog = page.get_by_role("dialog", name="Filtro avanzato")
    dialog.get_by_role("button", name="Gruppo di condizioni").click()
    lines = dialog.locator(".condition-row")
    for at, (field, ask) in enumerate((("title", "contains"), ("expected_close_on", "from"), ("amount", "atLeast"))):
        lines.nth(at).get_by_label("Campo").select_option(field)
        lines.nth(at).get_by_label("Condizione").select_option(ask)
    lines.nth(0).get_by_role("textbox").fill("GTX")
    lines.nth(1).get_by_role("textbox").fill("7/3/2017")
    lines.nth(2).get_by_role("textbox").fill("5.000")
    look(admin, "filter-advanced", admin.theme)
    dialog.get_by_role("button", name="Mostra i risultati").click()
    settled(page)
    look(admin, "filter-advanced-list", admin.theme)


def test_the_change_of_many_is_accessible(admin):
    page = admin.page
    page.set_viewport_size({"width": 1440, "height": 860})
    admin.goto("opportunities?view=list")
    settled(page)
    page.get_by_role("checkbox", name="Seleziona tutto").click()
    look(admin, "bulk-bar", admin.theme)
    page.get_by_role("toolbar", name="Azioni sulla selezione").get_by_role("button", name="Modifica campo").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Campo", exact=True).select_option("amount")
    dialog.get_by_label("Nuovo valore").fill("12.500")
    expect(dialog.get_by_role("table")).to_be_visible()
    look(admin, "bulk-dialog", admin.theme)
    page.keyboard.press("Escape")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_undo_of_many_is_accessible(windows, theme):
    from test_list import company

    window, _ = company(windows, deals=8, theme=theme)
    window.send("PATCH", "/me", {"theme": theme})
    page = window.goto("opportunities?view=list")
    settled(page)
    page.get_by_role("checkbox", name="Seleziona tutto").click()
    page.get_by_role("toolbar", name="Azioni sulla selezione").get_by_role("button", name="Modifica campo").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Campo", exact=True).select_option("expected_close_on")
    dialog.get_by_label("Nuovo valore").fill("7/3/2027")
    dialog.get_by_role("button", name="Modifica 8").click()
    expect(page.get_by_role("button", name="Annulla", exact=True)).to_be_visible()
    look(window, "bulk-done", theme)


def test_the_calendar_is_accessible(admin):
    page = admin.page
    page.set_viewport_size({"width": 1440, "height": 860})
    admin.goto("opportunities?view=list")
    settled(page)
    page.keyboard.press("c")
    field = page.get_by_role("dialog").first.locator("[data-field=expected_close_on]")
    if not field.count():
        page.get_by_role("dialog").first.locator("summary").click()
    field.get_by_role("textbox").fill("7/3/2027")
    field.get_by_role("textbox").press("ArrowDown")
    expect(page.locator(".calendar-panel")).to_be_visible()
    look(admin, "calendar", admin.theme)
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")


def test_the_dashboard_fits_a_sheet_of_paper(admin):
    page = admin.page
    admin.goto("dashboard?period=all")
    settled(page)
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 794, "height": 1123})
    keep(page, f"dashboard-print-{admin.theme}", whole=True)
    assert page.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth")
    page.emulate_media(media="screen")
    assert admin.unexpected() == []


@pytest.mark.parametrize("theme, language", [("light", "it"), ("dark", "en")])
def test_the_vendors_console_is_accessible(windows, theme, language):
    from test_list import company
    from test_vendor import enrolled
    from words import WORDS

    say = WORDS[language]
    founder, _ = company(windows, deals=2)
    founder.expect_fault("status of 40[13]")
    name = founder.send("GET", "/settings")["name"]
    window, _ = enrolled(windows, f"vera.{theme}@stratikey.example", language, theme=theme)
    page = window.page
    window.page.set_viewport_size({"width": 1440, "height": 860})
    look(window, "vendor-organizations", theme)
    assert foreign(page, language) == []
    page.get_by_label(say["search_organization"]).fill(name)
    page.get_by_role("row").filter(has_text=founder.organization).get_by_role("link", name=name).click()
    expect(page.get_by_role("heading", name=name, level=1)).to_be_visible()
    look(window, "vendor-organization", theme)
    assert foreign(page, language) == []
    page.get_by_role("button", name=say["suspend"]).click()
    page.get_by_role("dialog").get_by_label(say["reason"]).fill("Non paga da sei mesi")
    look(window, "vendor-suspend", theme)
    assert foreign(page, language) == []
    page.get_by_role("dialog").get_by_role("button", name=say["suspend"]).click()
    expect(page.get_by_text("Non paga da sei mesi")).to_be_visible()
    look(window, "vendor-suspended", theme)
    page.get_by_role("button", name=say["reactivate"]).click()
    expect(page.get_by_role("button", name=say["suspend"])).to_be_visible()
    page.get_by_role("link", name=say["security_log"]).click()
    expect(page.locator("tbody tr").filter(has_text="Vera Venditti").first).to_be_visible()
    look(window, "vendor-security", theme)
    assert foreign(page, language) == []


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
        assert foreign(page, language) == []
        page.set_viewport_size({"width": 360, "height": 780})
        assert page.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth")
