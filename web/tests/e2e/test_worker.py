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
    # A function that is awaited does not count as true: the page itself looks until all is kept.
    page.evaluate(
        """async () => {
            const wanted = ['/api/v1/me', '/api/v1/meta', '/api/v1/opportunities?limit=50'];
            for (;;) {
                const name = (await caches.keys()).find(one => one.startsWith('stratikey-records-'));
                const kept = name ? (await (await caches.open(name)).keys()).map(one => one.url) : [];
                if (wanted.every(path => kept.some(url => url.includes(path)))) return;
                await new Promise(requestAnimationFrame);
            }
        }""")
    window.context.set_offline(True)
    page.reload()
    expect(cell(page, deals[0]["id"], "title")).to_have_text("Trattativa 1")
    expect(page.locator(".connection-since")).to_contain_text("Dati del")
    window.context.set_offline(False)
    founder.send("PATCH", f"/opportunities/{deals[0]['id']}", {"title": "Di nuovo in linea"})
    page.reload()
    expect(cell(page, deals[0]["id"], "title")).to_have_text("Di nuovo in linea")
