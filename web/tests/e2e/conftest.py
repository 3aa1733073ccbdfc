"""Fixtures of the end-to-end tests: a server with the demo organization, a browser, people who are logged in.

Every page is watched: an error on the console, a refused script or style, a request that failed with 5xx fails the test
in which it happened. No test waits for a time to pass: all wait for what is to be seen.
"""
import dataclasses
import email
import email.policy
import itertools
import os
import pathlib
import re
import typing

import pytest
from inotify_simple import INotify, flags
from playwright.sync_api import Browser, BrowserContext, Page, Request, expect, sync_playwright

from lines import Lines
from server import ROOT, Server

PASSWORD = "Corretto cavallo batteria 9"
SCREENSHOTS = ROOT / "build" / "screenshots"
numbers = itertools.count(1)
expect.set_options(timeout=15_000)


@pytest.fixture(scope="session")
def server():
    one = Server(pathlib.Path(os.environ.get("WEB_DIRECTORY", ROOT / "web" / "dist")))
    one.start("--migrate", "--demo")
    yield one
    one.stop()


@pytest.fixture(scope="session")
def lines(server):
    """Which lines of the client the tests ran; told at the end."""
    one = Lines(server.web)
    yield one
    one.report(ROOT / "build" / "web-coverage.json")


@pytest.fixture(scope="session")
def chromium():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium-headless-shell"), args=["--no-sandbox"])
        yield browser
        browser.close()


@dataclasses.dataclass
class Window:
    """One browser of one person, with what went wrong in it."""

    context: BrowserContext
    page: Page
    server: Server
    faults: list[str]
    #: Console messages that the test itself provokes, as patterns.
    expected: list[str] = dataclasses.field(default_factory=list)
    organization: str = ""
    address: str = ""
    member: str = ""
    #: Told before the page is left.
    leaving: typing.Callable[[], None] = lambda: None
    colleagues: list[str] = dataclasses.field(default_factory=list)
    #: What the page sent to be kept and has no answer to yet.
    writing: set[Request] = dataclasses.field(default_factory=set)

    def goto(self, path: str):
        """Opens a path of the organization."""
        self.leaving()
        self.page.goto(f"{self.server.url}/o/{self.organization}/{path}".rstrip("/"))
        return self.page

    def send(self, method: str, path: str, body=None):
        """Asks the API in the person's name; the answer's JSON. What the page shows before it is kept is waited for."""
        while self.writing:
            self.page.wait_for_event("response", lambda answer: answer.request.method != "GET")
        url, headers = f"{self.server.url}/api/v1", {}
        if method != "GET":
            headers["X-CSRF-Token"] = next(
                one["value"] for one in self.context.cookies() if one["name"].endswith("stratikey_csrf"))
        request = self.context.request
        headers["X-Organization-ID"] = request.get(f"{url}/me").json()["organization"]["id"]
        answer = request.fetch(url + path, method=method, headers=headers, data=body)
        assert answer.ok, (answer.status, answer.text())
        return None if answer.status == 204 else answer.json()

    def expect_fault(self, pattern: str):
        self.expected.append(pattern)

    def unexpected(self) -> list[str]:
        return [one for one in self.faults if not any(re.search(pattern, one) for pattern in self.expected)]


class Windows:
    """Opens browsers and looks at the end whether any of them complained."""

    def __init__(self, browser: Browser, server: Server, lines: Lines):
        self.browser, self.server, self.lines = browser, server, lines
        self.all: list[Window] = []
        self.sessions = []

    def open(
            self, language="it", theme="light", width=1440, height=860, touch=False, javascript=True,
            workers="block") -> Window:
        context = self.browser.new_context(
            viewport={"width": width, "height": height}, locale="it-IT" if language == "it" else "en-GB",
            color_scheme=theme, has_touch=touch, java_script_enabled=javascript, timezone_id="Europe/Rome",
            reduced_motion="reduce", service_workers=workers)
        context.set_default_timeout(15_000)
        faults = []
        page = context.new_page()
        self.watch(page, faults)
        context.on("page", lambda other: self.watch(other, faults) if other is not page else None)
        window = Window(context, page, self.server, faults, ["Service Worker registration blocked"])
        page.on("request", lambda request: request.method != "GET" and window.writing.add(request))
        page.on("response", lambda answer: window.writing.discard(answer.request))
        page.on("requestfailed", lambda request: window.writing.discard(request))
        # Counting costs a fifth of a test's time, and the other language runs the same lines.
        if javascript and language == "it":
            session = self.lines.begin(context, page)
            self.sessions.append(session)
            window.leaving = lambda: self.lines.take(session)
        self.all.append(window)
        return window

    @staticmethod
    def watch(page: Page, faults: list[str]):
        page.on("console", lambda message: message.type in ("error", "warning") and faults.append(
            f"console {message.type}: {message.text} {message.location['url']}"))
        page.on("pageerror", lambda error: faults.append(f"page: {error}"))
        page.on("response", lambda answer: answer.status >= 500 and faults.append(f"{answer.status} {answer.url}"))

    def member(self, address: str, password: str, organization: str, language="it", theme="light", **more) -> Window:
        """A window in which that person is logged in, through the log-in page."""
        window = self.open(language, theme, **more)
        window.organization = organization
        page = window.page
        page.goto(f"{self.server.url}/login?lang={language}")
        page.get_by_label(re.compile("e-?mail", re.I)).fill(address)
        page.get_by_label("Password", exact=True).fill(password)
        page.locator("form button[type=submit]").first.click()
        page.wait_for_url(re.compile(r"/o/"))
        page.evaluate(
            """async ([theme, locale]) => {
                const proof = document.cookie.split('; ').find(one => /stratikey_csrf=/.test(one)).split('=')[1];
                const me = await (await fetch('/api/v1/me')).json();
                await fetch('/api/v1/me', { method: 'PATCH', body: JSON.stringify({ theme, locale }), headers: {
                    'Content-Type': 'application/json', 'X-CSRF-Token': proof, 'X-Organization-ID': me.organization.id } });
            }""",
            [theme, "it-IT" if language == "it" else "en-GB"])
        return window

    def demo(self, role="org_admin", language="it", theme="light", **more) -> Window:
        """One of the demo organization's people, by role."""
        people = self.server.logins()
        address = next(one for one, (_, held) in people.items() if held == role)
        return self.member(address, people[address][0], "demo-crm", language, theme, **more)

    def founder(self, language="it", **more) -> Window:
        """The founder of a new organization, signed up through the public page."""
        number = next(numbers)
        window = self.open(language, **more)
        page = window.page
        page.goto(f"{self.server.url}/signup?lang={language}")
        page.locator("[name=name]").fill("Giulia Ferri")
        page.locator("[name=email]").fill(f"giulia{number}@officine.example")
        page.locator("[name=password]").fill(PASSWORD)
        page.locator("[autocomplete=organization]").fill(f"Officine Ferri {number}")
        page.locator("form button[type=submit]").first.click()
        page.wait_for_url(re.compile(r"/o/[^/]+/start"))
        window.organization = re.search(r"/o/([^/]+)/", page.url).group(1)
        window.address = f"giulia{number}@officine.example"
        return window

    def verify(self, founder: Window):
        """Follows the link in the founder's mail, without which nobody can be invited."""
        page = founder.page
        page.goto(self.link(founder.address, "verify"))
        page.locator("form button[type=submit]").first.click()
        page.wait_for_url(re.compile("done=1"))

    def colleague(self, founder: Window, role="sales_rep", name="Marco Neri", **more) -> Window:
        """A second person of the founder's company, who was invited and joined; `member` is the membership's id."""
        if not founder.colleagues:
            self.verify(founder)
        roles = founder.send("GET", "/roles?limit=200")["data"]
        address = f"{name.split()[0].lower()}.{founder.address}"
        founder.send("POST", "/invitations", {
            "email": address, "role_id": next(one["id"] for one in roles if one["key"] == role)})
        window = self.open(**more)
        window.organization, window.address = founder.organization, address
        page = window.page
        page.goto(self.link(address, "invitation"))
        page.locator("[name=name]").fill(name)
        page.locator("[name=password]").fill(PASSWORD)
        page.locator("form button[type=submit]").first.click()
        page.wait_for_url(re.compile("/o/"))
        window.member = next(
            one["id"] for one in founder.send("GET", "/members?limit=200")["data"] if one["email"] == address)
        founder.colleagues.append(window.member)
        return window

    def link(self, to: str, page: str) -> str:
        """The latest link to that page of the server that was mailed to the address; waits until such a mail is sent.

        Other mails to the address may arrive before it or after it.
        """
        with INotify() as arrivals:
            arrivals.add_watch(self.server.outbox, flags.CLOSE_WRITE | flags.MOVED_TO)
            while not (found := [one for text in self.mails(to) for one in re.findall(rf"https?://\S+/{page}\?\S+", text)]):
                assert arrivals.read(timeout=15_000), f"no mail to {to} with a link to {page}"
        return found[-1]

    def mails(self, to: str) -> list[str]:
        """The texts of the mails to the address, the oldest first."""
        found = []
        for path in sorted(self.server.outbox.glob("*.eml"), key=lambda one: one.stat().st_mtime_ns):
            message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
            if to in (one.addr_spec for one in message["To"].addresses):
                found.append(message.get_body(("plain",)).get_content())
        return found

    def close(self):
        for session in self.sessions:
            self.lines.take(session)
        complaints = [complaint for window in self.all for complaint in window.unexpected()]
        for window in self.all:
            window.context.close()
        assert not complaints, "\n".join(complaints)


@pytest.fixture
def windows(chromium, server, lines):
    one = Windows(chromium, server, lines)
    yield one
    one.close()


@pytest.fixture(params=["it", "en"])
def language(request):
    return request.param


#: For what has no words of its own, where others around it are tried in both languages.
in_italian = pytest.mark.parametrize("language", ["it"])


def keep(page: Page, name: str, whole=False):
    """Writes a screenshot to build/screenshots; of the whole page, or of what fits the window."""
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SCREENSHOTS / f"{name}.png", full_page=whole)
