"""The demo organization's numbers, on the board, on the dashboard and behind them."""
import csv
import re

import pytest
from playwright.sync_api import expect
from test_screens import settled
from words import WORDS

STAGES = {"Won": 4238, "Lost": 2473, "Engaging": 1589, "Prospecting": 500}
WON_VALUE = 10_005_534


def digits(text: str) -> int:
    return int(re.sub(r"\D", "", text) or 0)


def grouped(number: int, language: str) -> str:
    return f"{number:,}".replace(",", "." if language == "it" else ",")


def lane(page, name: str):
    return page.get_by_role("region", name=re.compile(f"^{name}, "))


def test_the_board_counts_what_the_demo_holds(windows, language):
    window = windows.demo(language=language)
    page = window.goto("opportunities?view=board")
    settled(page)
    for name, count in STAGES.items():
        expect(lane(page, name)).to_contain_text(grouped(count, language))
    expect(lane(page, "Won")).to_contain_text(grouped(WON_VALUE, language))


def answer(window, question):
    return window.send("GET", f"/sales/dashboard?{question}")


def test_the_dashboard_says_what_the_server_counted(windows, language):
    window = windows.demo(language=language)
    page = window.goto("dashboard?period=all")
    settled(page)
    told = answer(window, "period=all")
    assert told["won"]["count"]["value"] == STAGES["Won"] and told["won"]["value"][0]["value"] == WON_VALUE * 100
    shown = {one: digits(page.locator(f"[data-figure={one}] .figure-value").inner_text()) for one in ("won_value", "won_count", "win_rate")}
    assert shown["won_value"] == WON_VALUE
    assert shown["won_count"] == STAGES["Won"]
    assert str(shown["win_rate"]).startswith(str(told["win_rate"]["value"] // 100))
    funnel = page.locator(".funnel-step strong")
    expect(funnel).to_have_count(len(told["stages"]["data"]))
    assert [digits(one) for one in funnel.all_inner_texts()] == [one["count"] for one in told["stages"]["data"]]


def rows_behind(window, link):
    """How many rows the list has that a number opens, as the foot says and as the server counts."""
    page = window.page
    link.click()
    page.wait_for_url(re.compile(r"/(opportunities|leads|activities)\?"))
    settled(page)
    foot = page.locator(".list-foot [data-total]")
    expect(foot).to_be_visible()
    return int(foot.get_attribute("data-total"))


@pytest.mark.parametrize("language, question", [
    ("it", "period=all"), ("en", "period=all"), ("en", "period=this_quarter"), ("it", "period=last_year")])
def test_a_number_of_the_dashboard_opens_exactly_its_rows(windows, language, question):
    window = windows.demo(language=language)
    page = window.goto(f"dashboard?{question}")
    told = answer(window, question)
    numbers = [
        ("[data-figure=won_count] .figure-value", told["won"]["count"]["value"]),
        ("[data-figure=win_rate] .figure-aside", told["lost"]["count"]["value"]),
        ("[data-figure=open_value] .figure-aside", told["open"]["count"]["value"]),
        *((f".funnel li:nth-child({at}) a", step["count"]) for at, step in enumerate(told["stages"]["data"], 1)),
    ]
    for where, count in numbers:
        settled(page)
        shown = page.locator(where)
        assert count in [digits(one) for one in re.findall(r"\d[\d.,]*", shown.inner_text())], where
        if count:
            assert rows_behind(window, shown) == count, where
            page.go_back()
            page.wait_for_url(re.compile("/dashboard"))


def test_the_first_of_a_ranking_opens_what_was_won(windows, language):
    window = windows.demo(language=language)
    page = window.goto("dashboard?period=all")
    settled(page)
    told = answer(window, "period=all")
    best = max(told["owners"], key=lambda one: one["value"][0]["value"] if one["value"] else 0)
    link = page.locator(f'[data-ranked="{best["label"]}"]').first
    assert digits(link.locator("strong").inner_text()) == best["value"][0]["value"] // 100
    assert rows_behind(window, link) == best["count"]


def test_every_part_of_the_dashboard_is_taken_along_as_a_file(windows, language):
    window = windows.demo(language=language)
    page = window.goto("dashboard?period=all")
    settled(page)
    told = answer(window, "period=all")
    expect(page.locator(".panel-csv").first).to_be_visible()
    files = {}
    for panel in page.locator(".panel:has(.panel-csv)").all():
        with page.expect_download() as download:
            panel.locator(".panel-csv").click()
        title = panel.get_by_role("heading").inner_text()
        assert download.value.suggested_filename == f"{title}.csv"
        files[title] = list(csv.reader(download.value.path().read_text(encoding="utf-8-sig").splitlines()))
    months, funnel, owners, products = list(files.values())[:4]
    assert round(sum(float(line[4]) for line in months[1:])) == WON_VALUE
    assert [[line[0], int(line[1])] for line in funnel[1:]] == [[one["label"], one["count"]] for one in told["stages"]["data"]]
    for ranking in (owners, products):
        assert sum(int(line[1]) for line in ranking[1:]) == STAGES["Won"]
    words = WORDS[language]
    assert owners[0][1] == words["deals"] and funnel[0][0] == words["stage"]
