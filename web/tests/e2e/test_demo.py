"""Demo data of a new organization: it comes at one press, says so over every page, and goes as a whole."""
import re

from axe import violations
from playwright.sync_api import expect
from test_screens import settled

#: The import of 8,800 deals beside other tests.
LONG = 120_000


def test_demo_data_comes_and_goes_as_a_whole(windows):
    window = windows.founder()
    window.send("POST", "/accounts", {"name": "Officine Rossi"})
    page = window.goto("start?step=import")
    page.get_by_role("button", name="Carica i dati dimostrativi").click()
    banner = page.locator(".demo-banner")
    expect(banner).to_be_visible(timeout=LONG)
    window.goto("opportunities?view=list")
    expect(page.locator(".list-foot")).to_contain_text("8.800")
    assert violations(page) == []
    banner.get_by_role("button", name="Rimuovi").click()
    page.get_by_role("dialog").get_by_role("button", name="Rimuovi i dati dimostrativi").click()
    expect(banner).to_have_count(0, timeout=LONG)
    for path in ("opportunities", "products", "accounts"):
        left = window.send("GET", f"/{path}?limit=5")["data"]
        assert [one["name"] for one in left] == (["Officine Rossi"] if path == "accounts" else []), path
    window.goto("opportunities?view=list")
    settled(page)
    expect(page.get_by_role("link", name=re.compile("Importa da un file"))).to_be_visible()
