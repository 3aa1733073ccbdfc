"""What a person waits for in the web client, measured in Chromium: from the key or the click to what is painted."""

import itertools
import math
import os
import statistics
import subprocess
import time

from playwright.sync_api import sync_playwright

from .installation import PASSWORD, ROOT

# Begins to count at the next event of that kind, and ends at the frame in which the selector's state is painted.
WATCH = """([kind, selector, text, gone]) => {
    window.painted = new Promise((resolve, reject) => {
        let began = null;
        const late = setTimeout(() => reject(new Error(`${began === null ? "no " + kind : "not painted"}: ${selector}`)), 15000);
        const seen = () => {
            const found = [...document.querySelectorAll(selector)].some((one) => !text || one.textContent.includes(text));
            if (began === null || found === gone) return;
            watcher.disconnect();
            clearTimeout(late);
            requestAnimationFrame(() => {
                const after = new MessageChannel();
                after.port1.onmessage = () => resolve(performance.now() - began);
                after.port2.postMessage(null);
            });
        };
        const watcher = new MutationObserver(seen);
        addEventListener(kind, (event) => { began = event.timeStamp; queueMicrotask(seen); }, { capture: true, once: true });
        watcher.observe(document.documentElement, { subtree: true, childList: true, attributes: true, characterData: true });
    });
    window.painted.catch(() => {});
}"""

# Notes the moment at which the board's first cards are painted.
USABLE = """new MutationObserver((_, watcher) => {
    if (!document.querySelector("[data-column] [data-record-id]")) return;
    watcher.disconnect();
    requestAnimationFrame(() => {
        const after = new MessageChannel();
        after.port1.onmessage = () => { window.usableAt = Date.now(); };
        after.port2.postMessage(null);
    });
}).observe(document, { subtree: true, childList: true })"""

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
    """The value that this share of all does not exceed."""
    return sorted(values)[math.ceil(len(values) * share) - 1]


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
        # What autovacuum does within a minute.
        self.installation.admin("vacuum (analyze) sales.opportunities; vacuum (analyze) kernel.records; analyze;")
        lines = (self.installation.directory / "demo-logins.txt").read_text().splitlines()
        self.address, self.password = next(line.split()[:2] for line in lines if line.endswith("org_admin"))

    def measure(self, rounds=40, large=None):
        """Seconds to a usable board; milliseconds of each kind of answer; milliseconds of frames in the large list."""
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium-headless-shell"), args=["--no-sandbox"])
            boards = [self._board(browser) for _ in range(5)]
            page = self._log_in(browser, self.address, self.password)
            answers = {
                name: self._answers(page, work(page), rounds)
                for name, work in (
                    ("edit", self._edits), ("drag", self._drags), ("search", self._searches),
                    ("filter", self._filters), ("open", self._opens))}
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
        """Seconds from the press of "log in" until cards can be moved; in a browser that has the client's files already."""
        page = self._log_in(browser, self.address, self.password)
        page.locator("[data-column] [data-record-id]").first.wait_for()
        page.context.clear_cookies()
        page.add_init_script(USABLE)
        page.goto(f"{self.installation.base}/login")
        page.locator("[name=email]").fill(self.address)
        page.locator("[name=password]").fill(self.password)
        began = time.time()
        page.locator("form button[type=submit]").first.click(no_wait_after=True)
        seconds = page.wait_for_function("() => window.usableAt").json_value() / 1000 - began
        page.context.close()
        return seconds

    def _watch(self, page, kind, selector, text="", gone=False):
        page.evaluate(WATCH, [kind, selector, text, gone])

    def _painted(self, page):
        return page.evaluate("() => window.painted")

    def _list(self, page):
        page.goto(f"{self.installation.base}/o/demo-crm/opportunities?view=list")
        page.locator("[role=row][data-record-id] [data-field=title]").first.wait_for()

    def _answers(self, page, work, rounds):
        """So many answers, with a look at each before the next press."""
        answers = []
        for _ in range(rounds):
            answers.append(next(work))
            page.wait_for_timeout(600)
        return answers

    # What one person does again and again in one page; each gives the milliseconds to the painted answer.

    def _edits(self, page):
        """A cell's new text, from Enter until it stands there."""
        self._list(page)
        for number in itertools.count():
            cell = page.locator(f'[role=row][data-row="{number % 12}"] [data-field=title]')
            # Beside the name, which leads to the record.
            cell.click(position={"x": cell.bounding_box()["width"] - 6, "y": 10})
            page.keyboard.press("Enter")
            page.keyboard.press("Control+a")
            name = f"Renamed {number}"
            page.keyboard.type(name)
            self._watch(page, "keydown", "[data-field=title]:not(:has(input))", name)
            page.keyboard.press("Enter")
            yield self._painted(page)

    def _drags(self, page):
        """A card that is let go over another stage."""
        page.goto(f"{self.installation.base}/o/demo-crm/opportunities?view=board")
        lanes = page.locator("[data-column]")
        target = lanes.nth(1)
        column = target.get_attribute("data-column")
        while True:
            card = lanes.nth(0).locator("[data-record-id]").first
            card.wait_for()
            identifier = card.get_attribute("data-record-id")
            start, end = card.bounding_box(), target.bounding_box()
            page.mouse.move(start["x"] + 30, start["y"] + 20)
            page.mouse.down()
            page.mouse.move(start["x"] + 60, start["y"] + 30, steps=3)
            page.mouse.move(end["x"] + 60, end["y"] + 120, steps=6)
            self._watch(page, "pointerup", f'[data-column="{column}"] [data-record-id="{identifier}"]')
            page.mouse.up()
            yield self._painted(page)

    def _searches(self, page):
        """Words in the search field, from Enter until other rows stand there."""
        self._list(page)
        search = page.get_by_role("search").get_by_role("textbox")
        for words in itertools.cycle(("Isdom", "Hottechi", "Cancity", "Konex")):
            search.fill(words)
            self._watch(page, "keydown", self._first(page), gone=True)
            search.press("Enter")
            yield self._painted(page)

    def _filters(self, page):
        """Another value of a filter, from the press on it until other rows stand there."""
        self._list(page)
        page.keyboard.press("f")
        panel = page.get_by_role("dialog")
        panel.get_by_role("option", name="Product", exact=True).click()
        for number in itertools.cycle(range(5)):
            chosen = panel.locator("[role=option]").nth(number)
            chosen.wait_for()
            self._watch(page, "pointerdown", self._first(page), gone=True)
            chosen.click()
            painted = self._painted(page)
            # Without a value the rows stay.
            chosen.click()
            yield painted

    def _opens(self, page):
        """A record, from the press on its name until its page names it."""
        self._list(page)
        for number in itertools.count():
            link = page.locator(f'[role=row][data-row="{number % 12}"] [data-field=title] a')
            name = link.inner_text()
            self._watch(page, "click", ".record-frame h1, .record-frame h2", name)
            link.click()
            painted = self._painted(page)
            page.go_back()
            link.wait_for()
            yield painted

    def _first(self, page):
        """Finds the row that stands first now."""
        identifier = page.locator('[role=row][data-row="0"][data-record-id]').get_attribute("data-record-id")
        return f'[role=row][data-row="0"][data-record-id="{identifier}"]'

    def _scroll(self, browser, slug):
        page = self._log_in(browser, "bench@example.com", PASSWORD)
        page.goto(f"{self.installation.base}/o/{slug}/opportunities?view=list")
        page.locator("[role=row][data-record-id] [data-field=title]").first.wait_for()
        return page.evaluate(SCROLL)
