"""What floats above every page: the command menu, keys, the connection, the session, narrow screens."""
import re

import pytest
from axe import violations
from conftest import in_italian
from foreign import foreign
from playwright.sync_api import expect
from words import WORDS


@pytest.fixture
def admin(windows, language):
    window = windows.demo(language=language)
    window.goto("accounts?view=list")
    expect(window.page.get_by_role("heading", name=WORDS[language]["accounts"], level=1)).to_be_visible()
    return window


def option(page):
    return page.get_by_role("dialog").get_by_role("option").first


def menu(page):
    page.keyboard.press("Control+k")
    field = page.get_by_role("dialog").get_by_role("combobox")
    expect(field).to_be_focused()
    return field


def test_the_command_menu_goes_finds_and_creates(admin, language):
    say = WORDS[language]
    page = admin.page
    menu(page)
    dialog = page.get_by_role("dialog", name=say["command_menu"])
    field = dialog.get_by_role("combobox", name=say["search_or_create"])
    assert foreign(page, language) == []
    field.fill(say["settings"][:6])
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/settings$"))

    menu(page).fill("hottechi")
    expect(option(page)).to_contain_text("Hottechi")
    assert violations(page) == []
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/accounts/[0-9a-f-]{36}$"))

    menu(page).fill(say["create_account"])
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog", name=say["new_account"])).to_be_visible()


@in_italian
def test_enter_before_the_answer_opens_the_best_of_it(admin):
    page = admin.page
    menu(page)
    page.keyboard.type("hottechi")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/accounts/[0-9a-f-]{36}$"))


@in_italian
def test_a_record_opens_beside_its_list(admin):
    page = admin.page
    menu(page).fill("hottechi")
    expect(option(page)).to_contain_text("Hottechi")
    page.keyboard.press("Control+Enter")
    page.wait_for_url(re.compile(r"/accounts\?.*open=[0-9a-f-]{36}"))


def test_keys_go_everywhere_and_are_listed(admin, language):
    say = WORDS[language]
    page = admin.page
    expect(page.get_by_role("row").nth(1)).to_be_visible()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name=say["shortcuts"])).to_contain_text(say["edit_cell"])
    page.keyboard.press("Escape")
    page.keyboard.press("g")
    page.keyboard.press("l")
    page.wait_for_url(re.compile(r"/leads"))
    page.keyboard.press("?")
    listed = page.get_by_role("dialog", name=say["shortcuts"])
    expect(listed).to_contain_text(say["search_go_create"])
    assert violations(page) == []
    page.keyboard.press("Escape")
    expect(listed).to_be_hidden()
    page.keyboard.press("[")
    expect(page.locator(".sidebar.folded")).to_be_visible()
    page.reload()
    expect(page.locator(".sidebar.folded")).to_be_visible()


def company(page):
    return page.locator("[data-field=company]")


@pytest.fixture
def lead(windows, language):
    """A lead of an organization of its own, open in a browser."""
    say = WORDS[language]
    window = windows.founder(language)
    window.expect_fault("ERR_INTERNET_DISCONNECTED|401|409")
    window.page.wait_for_load_state()
    window.lead = window.page.evaluate(
        """async () => {
            const proof = document.cookie.split('; ').find(one => /stratikey_csrf=/.test(one)).split('=')[1];
            const me = await (await fetch('/api/v1/me')).json();
            const headers = { 'Content-Type': 'application/json', 'X-CSRF-Token': proof, 'X-Organization-ID': me.organization.id };
            const body = JSON.stringify({ last_name: 'Ricci', first_name: 'Anna', company: 'Acme' });
            return (await (await fetch('/api/v1/leads', { method: 'POST', headers, body })).json()).id;
        }""")
    window.goto(f"leads/{window.lead}")
    expect(company(window.page)).to_contain_text("Acme")
    # What the page fetches late is there before the connection goes.
    expect(window.page.get_by_role("radio", name=say["note"])).to_be_visible()
    expect(window.page.get_by_role("heading", name=say["open_activities"])).to_be_visible()
    return window


def edit(page, text):
    company(page).get_by_role("button").click()
    page.keyboard.press("Control+a")
    page.keyboard.type(text)
    page.keyboard.press("Enter")
    expect(company(page)).to_contain_text(text)


def saved(window):
    return window.page.evaluate(
        """async (id) => {
            const me = await (await fetch('/api/v1/me')).json();
            return (await (await fetch(`/api/v1/leads/${id}`, { headers: { 'X-Organization-ID': me.organization.id } })).json()).company;
        }""", window.lead)


def test_an_edit_without_a_connection_is_kept_and_sent(lead, language):
    say = WORDS[language]
    page = lead.page
    lead.context.set_offline(True)
    bar = page.locator(".connection-bar")
    expect(bar).to_contain_text(say["offline"])
    edit(page, "Acme due")
    expect(bar).to_contain_text(say["one_waits"])
    assert violations(page) == []
    lead.context.set_offline(False)
    expect(bar).to_contain_text(say["one_sent"])
    assert saved(lead) == "Acme due"


def test_an_ended_session_loses_nothing(lead, language):
    say = WORDS[language]
    page = lead.page
    cookies = lead.context.cookies()
    company(page).get_by_role("button").click()
    page.keyboard.press("Control+a")
    page.keyboard.type("Acme tre")
    lead.context.clear_cookies()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name=say["session_ended"])
    expect(dialog).to_be_visible()
    assert foreign(page, language) == []
    lead.context.add_cookies(cookies)
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(dialog).to_be_hidden()
    expect(page.get_by_text(say["logged_in_again"])).to_be_visible()
    expect(page.locator(".connection-bar")).to_be_hidden()
    assert saved(lead) == "Acme tre"


@in_italian
def test_the_stream_catches_up(lead):
    page = lead.page
    lead.context.set_offline(True)
    expect(page.locator(".connection-bar")).to_be_visible()
    other = lead.context.browser.new_context()
    other.add_cookies(lead.context.cookies())
    proof = next(one["value"] for one in lead.context.cookies() if one["name"].endswith("stratikey_csrf"))
    own = other.request.get(f"{lead.server.url}/api/v1/me").json()["organization"]["id"]
    answer = other.request.patch(
        f"{lead.server.url}/api/v1/leads/{lead.lead}", data={"company": "Acme altrove"},
        headers={"X-CSRF-Token": proof, "X-Organization-ID": own})
    assert answer.ok
    other.close()
    expect(company(page)).to_contain_text("Acme")
    lead.context.set_offline(False)
    expect(company(page)).to_contain_text("Acme altrove")


@in_italian
def test_what_was_typed_outlives_a_part_that_stops(lead):
    page = lead.page
    lead.expect_fault("Cannot read properties of null|The above error occurred")
    note = page.get_by_label("Scrivi una nota…")
    note.fill("Da non perdere")
    moment = {"at": "2026-03-07T10:00:00Z", "type": "sales.lead", "id": lead.lead, "label": None, "kind": "updated",
              "by": {"kind": "user", "id": None, "name": "Anna"}, "changes": [None]}
    timeline = "**/api/v1/leads/*/timeline?*"
    page.route(timeline, lambda route: route.fulfill(json={"data": [moment], "page": {"next": None}}))
    edit(page, "Acme due")
    expect(page.get_by_text("Questa parte della pagina si è fermata")).to_be_visible()
    expect(page.get_by_role("navigation", name="Navigazione principale")).to_be_visible()
    assert violations(page) == []
    page.unroute(timeline)
    page.get_by_role("button", name="Riprova").click()
    expect(note).to_have_value("Da non perdere")
    expect(company(page)).to_contain_text("Acme due")


def test_narrow_screens_have_a_drawer_and_a_foot(windows):
    window = windows.demo(width=360, height=780, touch=True)
    page = window.goto("leads?view=list")
    foot = page.get_by_role("navigation", name="Luoghi principali")
    expect(foot.get_by_role("link")).to_have_count(4)
    opener = page.get_by_role("button", name="Menu", exact=True)
    opener.click()
    drawer = page.get_by_role("dialog", name="Menu")
    expect(drawer).to_be_visible()
    assert violations(page) == []
    for _ in range(24):
        page.keyboard.press("Tab")
    assert page.evaluate("!!document.activeElement.closest('.sidebar')")
    page.keyboard.press("Escape")
    expect(drawer).to_be_hidden()
    expect(opener).to_be_focused()


@in_italian
def test_nothing_moves_where_a_person_asked_for_rest(admin):
    page = admin.goto("opportunities?view=list")
    page.get_by_role("row").nth(1).wait_for()
    # The browsers of these tests ask for it. A theme that changes at once leaves nothing on its way.
    moving = page.evaluate(
        """() => {
            const theme = document.documentElement.dataset.theme;
            document.documentElement.dataset.theme = theme === 'dark' ? 'light' : 'dark';
            getComputedStyle(document.body).color;
            const moving = document.getAnimations().length;
            document.documentElement.dataset.theme = theme;
            return moving;
        }""")
    assert moving == 0
