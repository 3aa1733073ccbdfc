"""From signing up to the first deal, and the second person in the company."""
import re

import pytest
from conftest import PASSWORD
from test_screens import settled
from words import WORDS


def make_deal(page, say, title, amount):
    page.get_by_role("button", name=say["new_deal"]).click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label(say["title"], exact=False).first.fill(title)
    dialog.get_by_label(say["amount"], exact=False).first.fill(amount)
    dialog.get_by_role("button", name=re.compile(f"^{say['create']}( |$)")).last.click()
    dialog.wait_for(state="detached")


def test_from_sign_up_to_the_first_deal(windows, language):
    say = WORDS[language]
    window = windows.founder(language)
    page = window.page
    page.wait_for_url(re.compile("/start"))
    settled(page)
    window.goto("opportunities?view=board")
    settled(page)
    make_deal(page, say, "GTX Pro per Hottechi", "4821")
    card = page.locator("[data-column] [data-record-id]", has_text="GTX Pro per Hottechi")
    card.wait_for()
    assert re.search(r"4[.,]821", card.inner_text())
    # A deal that was made is there after a reload, too.
    page.reload()
    card.wait_for()


def test_a_colleague_is_invited_and_joins(windows, language):
    say = WORDS[language]
    founder = windows.founder(language)
    page = founder.page
    windows.verify(founder)
    founder.goto("settings/members")
    page.get_by_role("button", name=say["invite"]).click()
    dialog = page.get_by_role("dialog")
    colleague = founder.address.replace("giulia", "marco")
    dialog.get_by_label(say["email"]).fill(colleague)
    dialog.get_by_role("button", name=say["send_invitation"]).click()
    page.get_by_role("cell", name=colleague, exact=True).wait_for()
    joining = windows.open(language)
    joining.page.goto(windows.link(colleague, "invitation"))
    joining.page.locator("[name=name]").fill("Marco Neri")
    joining.page.locator("[name=password]").fill(PASSWORD)
    joining.page.locator("form button[type=submit]").first.click()
    joining.page.wait_for_url(re.compile("/o/"))
    joining.page.get_by_text("Marco Neri").first.wait_for()
    page.reload()
    page.get_by_text("Marco Neri").first.wait_for()


def test_without_scripts_one_signs_up_and_in(windows, language):
    window = windows.open(language, javascript=False)
    page = window.page
    page.goto(f"{window.server.url}/signup?lang={language}")
    address = f"senza-{language}@script.example"
    page.locator("[name=name]").fill("Senza Script")
    page.locator("[name=email]").fill(address)
    page.locator("[autocomplete=organization]").fill(f"Senza Script {language}")
    page.locator("[name=password]").fill("corta")
    page.locator("form button[type=submit]").first.click()
    page.locator("[name=password][aria-invalid=true]").wait_for()
    assert page.locator("[name=email]").input_value() == address
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("form button[type=submit]").first.click()
    page.wait_for_url(re.compile(r"/o/[^/]+"))
    page.context.clear_cookies()
    page.goto(f"{window.server.url}/login?lang={language}")
    page.locator("[name=email]").fill(address)
    page.locator("[name=password]").fill("sbagliata davvero")
    page.locator("form button[type=submit]").first.click()
    assert page.get_by_role("alert").count() >= 1
    assert page.locator("[name=email]").input_value() == address
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("form button[type=submit]").first.click()
    page.wait_for_url(re.compile(r"/o/[^/]+"))
    window.expect_fault(r"status of 4\d\d")


@pytest.mark.parametrize("role", ["viewer", "sales_rep"])
def test_roles_see_what_they_may_and_no_more(windows, language, role):
    say = WORDS[language]
    founder = windows.founder(language)
    page = founder.page
    windows.verify(founder)
    founder.goto("settings/members")
    page.get_by_role("button", name=say["invite"]).click()
    dialog = page.get_by_role("dialog")
    colleague = founder.address.replace("giulia", role.replace("_", ""))
    dialog.get_by_label(say["email"]).fill(colleague)
    dialog.get_by_label(say["role"]).select_option(label=say[role])
    dialog.get_by_role("button", name=say["send_invitation"]).click()
    page.get_by_role("cell", name=colleague, exact=True).wait_for()
    joining = windows.open(language)
    joining.page.goto(windows.link(colleague, "invitation"))
    joining.page.locator("[name=name]").fill("Piera Verdi")
    joining.page.locator("[name=password]").fill(PASSWORD)
    joining.page.locator("form button[type=submit]").first.click()
    joining.page.wait_for_url(re.compile("/o/"))
    joining.organization = founder.organization
    own = joining.goto("opportunities?view=list")
    settled(own)
    new = own.get_by_role("button", name=say["new_deal"])
    assert new.count() == (0 if role == "viewer" else 1)
    joining.goto("settings")
    settled(own)
    assert own.get_by_role("link", name=say["roles"]).count() == 0
    # What is hidden is refused as well.
    joining.expect_fault(r"status of 403")
    joining.goto("settings/roles")
    own.get_by_role("heading", name=say["not_found"]).first.wait_for()
    status = own.evaluate("""async () => {
        const me = await (await fetch('/api/v1/me')).json();
        const answer = await fetch('/api/v1/audit', { headers: { 'X-Organization-ID': me.organization.id } });
        return answer.status;
    }""")
    assert status == 403
