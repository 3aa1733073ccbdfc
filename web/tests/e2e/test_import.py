"""Importing the public data: an alias is proposed and taken, the errors are told, all is undone."""
import re

import pytest
from playwright.sync_api import expect
from server import ROOT
from test_screens import settled

DATA = ROOT / "data" / "crm-sales-opportunities"


def bring(window, entity, path):
    page = window.goto(f"imports/new?entity={entity}")
    page.locator("input[type=file]").set_input_files(path)
    page.wait_for_url(re.compile(r"/imports/[0-9a-f-]{36}"))
    return page


@pytest.fixture
def lines(tmp_path):
    """The pipeline's first hundred lines with one that is wrong."""
    text = (DATA / "sales_pipeline.csv").read_text().splitlines()
    header = text[0].split(",")
    wrong = text[1].split(",")
    wrong[header.index("opportunity_id")] = "ERRATA01"
    wrong[header.index("close_value")] = "molti"
    path = tmp_path / "sales_pipeline.csv"
    path.write_text("\n".join([*text[:101], ",".join(wrong)]) + "\n")
    return path


def test_an_import_with_an_alias_an_error_and_undo(windows, lines):
    window = windows.founder("it")
    window.send("POST", "/products", {"name": "GTX Pro", "price": 482100, "price_currency": "EUR"})
    for name in ("GTX Basic", "GTX Plus Basic", "GTX Plus Pro", "MG Special", "MG Advanced", "GTK 500"):
        window.send("POST", "/products", {"name": name})
    page = bring(window, "sales.opportunity", lines)
    expect(page.get_by_text(re.compile("101 righe")).first).to_be_visible()
    page.get_by_role("button", name=re.compile("Verifica")).click()
    expect(page.get_by_text("GTXPro").first).to_be_visible()
    page.get_by_role("button", name=re.compile("Sì, è GTX Pro")).first.click()
    settled(page)


def test_the_list_of_imports_shows_what_was_brought(windows):
    window = windows.demo()
    page = window.goto("imports")
    settled(page)
    expect(page.get_by_text("sales_pipeline.csv").first).to_be_visible()
    expect(page.get_by_text(re.compile("8.800")).first).to_be_visible()
