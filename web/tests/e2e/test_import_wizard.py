"""An import from the file to its undo, and the first steps that lead a new organization there."""
import re

from axe import violations
from foreign import foreign
from playwright.sync_api import expect
from test_screens import settled
from words import WORDS

FILE = """{code};{title};{product};{close};{amount}
A-1;Capannone nord;GTX Pro;03/04/2027;1.234,50
A-2;Capannone sud;GTXPro;05/06/2027;12.000,00
A-3;Silo;GTX Pro;07/08/2027;abc
"""


def founded(windows, tmp_path, language):
    """A founder with one product, at the columns of a file of three deals."""
    say = WORDS[language]
    window = windows.founder(language)
    page = window.goto("start")
    page.evaluate(
        """async () => {
            const proof = document.cookie.split('; ').find(one => /stratikey_csrf=/.test(one)).split('=')[1];
            const me = await (await fetch('/api/v1/me')).json();
            await fetch('/api/v1/products', { method: 'POST', body: JSON.stringify({ name: 'GTX Pro' }), headers: {
                'Content-Type': 'application/json', 'X-CSRF-Token': proof, 'X-Organization-ID': me.organization.id } });
        }""")
    page.get_by_role("link", name=say["import_file"]).click()
    path = tmp_path / "trattative.csv"
    path.write_text(FILE.format(**say))
    page.locator("input[type=file]").set_input_files(path)
    page.wait_for_url(re.compile("step=columns"))
    return window, page


def test_import_from_file_to_undo(windows, tmp_path, language):
    say = WORDS[language]
    window, page = founded(windows, tmp_path, language)
    assert foreign(page, language) == []
    # A day that can be read in two ways must be chosen first: the button leads there.
    page.get_by_role("button", name=re.compile("^" + say["check"])).click()
    page.get_by_label(say["how_written"].format(say["close"])).select_option("DD/MM/YYYY")
    # What refers to nothing is settled by one press.
    page.get_by_role("button", name=say["yes_it_is"].format("GTX Pro")).click()
    page.get_by_text(say["one_matched"]).wait_for()
    page.get_by_role("button", name=re.compile("^" + say["check"])).click()
    page.get_by_role("button", name=say["import_two"]).wait_for()
    assert say["quoted"].format("abc") in page.locator(".import-errors").inner_text()
    assert violations(page) == []
    assert foreign(page, language) == []
    # The address names the import: a reload goes on where it was.
    page.reload()
    page.get_by_role("button", name=say["import_two"]).click()
    page.get_by_text(say["import_done"]).wait_for()
    with page.expect_download() as download:
        page.get_by_role("button", name=say["error_file"]).click()
    assert "abc" in download.value.path().read_text()
    assert violations(page) == []
    assert foreign(page, language) == []
    page.get_by_role("link", name=say["imports"]).first.click()
    page.get_by_role("button", name=say["undo_import"] + ": trattative.csv").click()
    page.get_by_role("dialog").get_by_role("button", name=say["undo_import"]).click()
    page.get_by_text(say["undone"], exact=True).wait_for()
    # The card tells it over every page, and leads to it.
    card = page.get_by_role("region", name=say["work"])
    card.get_by_text(say["in_bin"]).wait_for()
    card.get_by_role("link", name=say["open"]).click()
    page.get_by_text(say["import_undone"]).wait_for()
    assert violations(page) == []


def test_workbook_is_refused_with_a_way_out(windows, tmp_path):
    window = windows.founder()
    page = window.goto("imports/new")
    path = tmp_path / "clienti.xlsx"
    path.write_bytes(b"PK")
    page.locator("input[type=file]").set_input_files(path)
    page.get_by_role("alert").get_by_text("CSV UTF-8").wait_for()


def test_first_steps_lay_out_the_pipeline(windows, language):
    say = WORDS[language]
    window = windows.founder(language)
    page = window.goto("start?step=pipeline")
    page.get_by_label(say["stage_name"].format(1)).wait_for()
    first = page.get_by_label(say["stage_name"].format(1)).input_value()
    page.get_by_role("button", name=say["move_down"].format(first)).click()
    page.wait_for_function("name => document.querySelectorAll('.stage-row input')[2].value === name", arg=first)
    page.get_by_role("button", name=say["add_stage"]).click()
    fresh = page.locator(".stage-row input:focus")
    fresh.fill("Sopralluogo")
    fresh.press("Enter")
    page.get_by_role("button", name=say["fine"]).click()
    page.get_by_text(say["one_of_four"]).wait_for()
    page.reload()
    page.get_by_text(say["one_of_four"]).wait_for()
    assert violations(page) == []
    page.get_by_role("button", name=say["show_no_more"]).click()
    page.wait_for_url(re.compile("/opportunities"))
    page.get_by_role("link", name=say["import_from_file"]).wait_for()


def test_the_list_of_imports_shows_what_was_brought(windows):
    window = windows.demo()
    page = window.goto("imports")
    settled(page)
    expect(page.get_by_text("sales_pipeline.csv").first).to_be_visible()
    expect(page.get_by_text(re.compile("8.800")).first).to_be_visible()
    window.goto("notifications")
    page.get_by_role("link", name=re.compile("sales_pipeline.csv")).first.click()
    page.wait_for_url(re.compile(r"/imports/[0-9a-f-]{36}"))
    expect(page.get_by_role("heading", name="sales_pipeline.csv")).to_be_visible()
