"""The demo organization's numbers, on the board, on the dashboard and behind them."""
import re

from test_screens import settled

STAGES = {"Won": 4238, "Lost": 2473, "Engaging": 1589, "Prospecting": 500}
WON_VALUE = 10_005_534


def digits(text: str) -> int:
    return int(re.sub(r"\D", "", text) or 0)


def test_the_board_counts_what_the_demo_holds(windows):
    window = windows.demo()
    page = window.goto("opportunities?view=board")
    settled(page)
    for name, count in STAGES.items():
        lane = page.get_by_role("group", name=name).or_(page.locator("[data-column]", has_text=name)).first
        assert f"{count:,}".replace(",", ".") in lane.inner_text() or str(count) in lane.inner_text()
    won = page.locator("[data-column]", has_text="Won").first.inner_text()
    assert f"{WON_VALUE:,}".replace(",", ".") in won


def test_a_number_of_the_dashboard_opens_its_rows(windows):
    window = windows.demo()
    page = window.goto("dashboard?period=all")
    settled(page)
    assert f"{WON_VALUE:,}".replace(",", ".") in page.locator("main").inner_text()
    told = page.evaluate("""async () => {
        const me = await (await fetch('/api/v1/me')).json();
        const answer = await fetch('/api/v1/sales/dashboard?period=all', { headers: { 'X-Organization-ID': me.organization.id } });
        return answer.json();
    }""")
    assert told is not None
    figure = page.locator("[data-figure] a, a[data-figure]").first
    figure.wait_for()
    shown = page.locator("main").get_by_role("link", name=re.compile(r"4\.238")).first
    shown.click()
    page.wait_for_url(re.compile("/opportunities"))
    settled(page)
    page.get_by_text(re.compile(r"4\.238 opportunità")).first.wait_for()
