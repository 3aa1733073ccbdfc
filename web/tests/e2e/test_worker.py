"""The client as it is kept in the browser: opened without a connection, it shows what was read last."""
from conftest import PASSWORD
from playwright.sync_api import expect
from test_list import cell, company
from test_screens import settled


def test_what_was_read_last_is_there_without_a_connection(windows):
    founder, deals = company(windows)
    window = windows.member(founder.address, PASSWORD, founder.organization, workers="allow")
    window.expect_fault("ERR_INTERNET_DISCONNECTED|Failed to fetch|ERR_FAILED|ServiceWorker")
    page = window.goto("opportunities?view=list")
    settled(page)
    page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
    page.reload()
    page.wait_for_function("() => navigator.serviceWorker.controller !== null")
    expect(cell(page, deals[0]["id"], "title")).to_have_text("Trattativa 1")
    page.wait_for_function(
        """async () => {
            const names = (await caches.keys()).filter(name => name.startsWith('stratikey-records-'));
            const kept = names.length ? (await (await caches.open(names[0])).keys()).map(one => new URL(one.url).pathname) : [];
            return ['/api/v1/me', '/api/v1/meta', '/api/v1/opportunities'].every(path => kept.includes(path));
        }""")
    window.context.set_offline(True)
    page.reload()
    expect(cell(page, deals[0]["id"], "title")).to_have_text("Trattativa 1")
    expect(page.locator(".connection-since")).to_contain_text("Dati del")
    window.context.set_offline(False)
    founder.send("PATCH", f"/opportunities/{deals[0]['id']}", {"title": "Di nuovo in linea"})
    page.reload()
    expect(cell(page, deals[0]["id"], "title")).to_have_text("Di nuovo in linea")
