"""The board: moved by keyboard and by mouse, with its totals, and taken back."""
import re

from playwright.sync_api import expect
from test_list import company
from test_screens import settled
from words import WORDS


def stages(window):
    return window.send("GET", "/stages?sort=position&limit=50")["data"]


def lane(page, stage):
    return page.locator(f'[data-column="{stage["id"]}"]')


def test_a_card_is_moved_by_keyboard_and_taken_back(windows, language):
    window, deals = company(windows, language)
    first, second = stages(window)[:2]
    page = window.goto("opportunities?view=board")
    settled(page)
    card = lane(page, first).locator(f'[data-record-id="{deals[0]["id"]}"]')
    card.focus()
    page.keyboard.press("Control+ArrowRight")
    expect(lane(page, second).locator(f'[data-record-id="{deals[0]["id"]}"]')).to_be_visible()
    page.get_by_role("button", name=re.compile("^(Annulla|Undo)$")).click()
    expect(card).to_be_visible()
    assert window.send("GET", f"/opportunities/{deals[0]['id']}")["stage_id"] == first["id"]


def test_a_card_is_dragged_by_mouse(windows, language):
    window, deals = company(windows, language)
    first, second = stages(window)[:2]
    page = window.goto("opportunities?view=board")
    settled(page)
    card = lane(page, first).locator(f'[data-record-id="{deals[2]["id"]}"]')
    start = card.bounding_box()
    end = lane(page, second).bounding_box()
    page.mouse.move(start["x"] + 40, start["y"] + 20)
    page.mouse.down()
    page.mouse.move(start["x"] + 80, start["y"] + 30, steps=4)
    page.mouse.move(end["x"] + 60, end["y"] + 90, steps=8)
    page.mouse.up()
    expect(lane(page, second).locator(f'[data-record-id="{deals[2]["id"]}"]')).to_be_visible()
    expect(lane(page, second)).to_contain_text(WORDS[language]["three_thousand"])


def test_a_lost_deal_asks_for_its_reason(windows, language):
    say = WORDS[language]
    window, deals = company(windows, language)
    lost = next(stage for stage in stages(window) if stage["kind"] == "lost")
    page = window.goto("opportunities?view=board")
    settled(page)
    page.locator(f'[data-record-id="{deals[0]["id"]}"]').focus()
    page.keyboard.press("m")
    page.get_by_role("menuitem", name=say["lost"]).or_(page.get_by_role("menuitemcheckbox", name=say["lost"])).click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label(say["lost_reason"]).fill("Prezzo troppo alto")
    dialog.locator("button[type=submit]").click()
    expect(lane(page, lost).locator(f'[data-record-id="{deals[0]["id"]}"]')).to_be_visible()
    kept = window.send("GET", f"/opportunities/{deals[0]['id']}")
    assert kept["lost_reason"] == "Prezzo troppo alto"
