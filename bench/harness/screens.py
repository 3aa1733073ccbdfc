"""What a person waits for in the web client, measured in Chromium: from the key or the click to what is painted."""

import os
import statistics
import subprocess
import time

from playwright.sync_api import sync_playwright

from .installation import PASSWORD, ROOT

# Begins to count at the next event of that kind, and ends at the frame in which the selector's state is painted.
WATCH = """([kind, selector, text, gone]) => {
    window.painted = new Promise((resolve) => {
        let began = null;
        const seen = () => {
            const found = [...document.querySelectorAll(selector)].some((one) => !text || one.textContent.includes(text));
            if (began === null || found === gone) return;
            watcher.disconnect();
            requestAnimationFrame(() => { const channel = new MessageChannel(); channel.port1.onmessage = () => resolve(performance.now() - began); channel.port2.postMessage(null); });
        };
        const watcher = new MutationObserver(seen);
        addEventListener(kind, (event) => { began = event.timeStamp; queueMicrotask(seen); }, { capture: true, once: true });
        watcher.observe(document.documentElement, { subtree: true, childList: true, attributes: true, characterData: true });
    });
}"""

# Scrolls through the whole list in steps of a few rows and in leaps, a step in each frame; the lengths of the frames.
SCROLL = """async () => {
    const box = document.querySelector(".grid-box");
    const frames = [];
    let last = await new Promise(requestAnimationFrame);
    for (let step = 0; step < 600; step++) {
        box.scrollTop = step % 60 === 59 ? (box.scrollHeight * ((step * 7) % 600)) / 600 : box.scrollTop + 190;
        const now = await new Promise(requestAnimationFrame);
        frames.push(now - last);
        last = now;
    }
    return frames;
}"""


def percentile(values, share):
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


class Screens:
    """One browser against the installation with the demo organization in it."""

    def __init__(self, installation):
        self.installation = installation

    def prepare(self):
        """Builds the client and loads the demo beside what is there."""
        subprocess.run(["node", "web/build.mjs"], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        environment = os.environ | {
            "PLATFORM_DIRECTORY": str(self.installation.directory), "PLATFORM_MIGRATIONS": str(ROOT / "migrations")}
        subprocess.run(
            [self.installation.program, "demo"], cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)
        lines = (self.installation.directory / "demo-logins.txt").read_text().splitlines()
        self.address, self.password = next(line.split()[:2] for line in lines if line.endswith("org_admin"))

    def measure(self, rounds=20, large=None):
        """Seconds to a usable board; milliseconds of each kind of answer; milliseconds of frames in the large list."""
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium-headless-shell"), args=["--no-sandbox"])
            boards = [self._board(browser) for _ in range(5)]
            page = self._log_in(browser, self.address, self.password)
            answers = {
                "edit": [self._edit(page, number) for number in range(rounds)],
                "drag": [self._drag(page) for _ in range(rounds)],
                "filter": [self._filter(page, number) for number in range(rounds)],
                "open": [self._open(page, number) for number in range(rounds)],
            }
            frames = self._scroll(browser, large) if large else []
            browser.close()
        return statistics.median(boards), answers, frames

    def _window(self, browser):
        page = browser.new_context(viewport={"width": 1440, "height": 860}, locale="en-GB").new_page()
        page.set_default_timeout(30_000)
        return page

    def _log_in(self, browser, address, password):
        page = self._window(browser)
        page.goto(f"{self.installation.base}/login")
        page.locator("[name=email]").fill(address)
        page.locator("[name=password]").fill(password)
        page.locator("form button[type=submit]").first.click()
        page.wait_for_url("**/o/**")
        return page

    def _board(self, browser):
        """From the press of "log in" until cards can be moved; a browser that has the client's files already."""
        page = self._log_in(browser, self.address, self.password)
        page.locator("[data-column] [data-record-id]").first.wait_for()
        page.context.clear_cookies()
        page.goto(f"{self.installation.base}/login")
        page.locator("[name=email]").fill(self.address)
        page.locator("[name=password]").fill(self.password)
        began = time.monotonic()
        page.locator("form button[type=submit]").first.click(no_wait_after=True)
        page.locator("[data-column] [data-record-id]").first.wait_for()
        seconds = time.monotonic() - began
        page.context.close()
        return seconds

    def _watch(self, page, kind, selector, text="", gone=False):
        page.evaluate(WATCH, [kind, selector, text, gone])

    def _painted(self, page):
        return page.evaluate("() => window.painted")

    def _list(self, page, query=""):
        page.goto(f"{self.installation.base}/o/demo-crm/opportunities?view=list{query}")
        page.locator("[role=row][data-record-id] [data-field=title]").first.wait_for()

    def _edit(self, page, number):
        self._list(page)
        cell = page.locator("[role=row][data-record-id] [data-field=title]").nth(2 + number % 8)
        cell.click(position={"x": 180, "y": 10})
        page.keyboard.press("Enter")
        page.keyboard.press("Control+a")
        name = f"Renamed {number}"
        page.keyboard.type(name)
        self._watch(page, "keydown", "[data-field=title]:not(:has(input))", name)
        page.keyboard.press("Enter")
        return self._painted(page)

    def _drag(self, page):
        page.goto(f"{self.installation.base}/o/demo-crm/opportunities?view=board")
        lanes = page.locator("[data-column]")
        card = lanes.nth(0).locator("[data-record-id]").first
        card.wait_for()
        identifier = card.get_attribute("data-record-id")
        start, target = card.bounding_box(), lanes.nth(1)
        end = target.bounding_box()
        page.mouse.move(start["x"] + 30, start["y"] + 20)
        page.mouse.down()
        page.mouse.move(start["x"] + 60, start["y"] + 30, steps=3)
        page.mouse.move(end["x"] + 60, end["y"] + 120, steps=6)
        column = target.get_attribute("data-column")
        self._watch(page, "pointerup", f'[data-column="{column}"] [data-record-id="{identifier}"]')
        page.mouse.up()
        return self._painted(page)

    def _filter(self, page, number):
        self._list(page)
        before = page.locator("[role=row][data-record-id]").first.get_attribute("data-record-id")
        search = page.get_by_role("search").get_by_role("textbox")
        search.fill(("Isdom", "Hottechi", "Cancity", "Konex")[number % 4])
        self._watch(page, "keydown", f'[role=row][data-row="0"][data-record-id="{before}"]', gone=True)
        search.press("Enter")
        return self._painted(page)

    def _open(self, page, number):
        self._list(page)
        link = page.locator("[role=row][data-record-id] [data-field=title] a").nth(number % 10)
        name = link.inner_text()
        self._watch(page, "click", ".record h2, .record h1, main h1", name)
        link.click()
        return self._painted(page)

    def _scroll(self, browser, slug):
        page = self._log_in(browser, "bench@example.com", PASSWORD)
        page.goto(f"{self.installation.base}/o/{slug}/opportunities?view=list")
        page.locator("[role=row][data-record-id] [data-field=title]").first.wait_for()
        return page.evaluate(SCROLL)
