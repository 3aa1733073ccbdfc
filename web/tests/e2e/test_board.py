"""The board: moved by keyboard and by mouse, with its totals, and taken back."""
import re
from datetime import datetime, timedelta, timezone

from axe import violations
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


def test_cards_show_the_fields_that_were_chosen_and_stand_by_another(windows, language):
    say = WORDS[language]
    window, deals = company(windows, language)
    page = window.goto("opportunities?view=board")
    settled(page)
    card = page.locator(f'.card[data-record-id="{deals[1]["id"]}"]')
    expect(card.locator(".card-amount")).to_contain_text("2")
    page.get_by_role("button", name=say["view"], exact=True).click()
    panel = page.get_by_role("dialog", name=say["view"])
    panel.get_by_role("button", name=f"{say['hide']} {say['amount']}").click()
    expect(card.locator(".card-amount")).to_have_text("")
    panel.locator("input[role=combobox]").fill(say["probability"])
    page.keyboard.press("Enter")
    expect(card).to_contain_text("%")
    panel.locator("select").select_option("owner_id")
    page.keyboard.press("Escape")
    expect(page.locator("[data-column]")).to_have_count(1)
    expect(page.get_by_role("region", name=re.compile("^Giulia Ferri, "))).to_contain_text("Trattativa 3")
    assert violations(page) == []
    page.reload()
    expect(card).to_contain_text("%")
    expect(page.locator("[data-column]")).to_have_count(1)


def test_a_long_column_comes_in_pages(windows):
    page = windows.demo().goto("opportunities?view=board")
    settled(page)
    column = page.get_by_role("region", name=re.compile("^Engaging, "))
    for place in (35, 65):
        column.locator(".lane-scroll").evaluate("box => box.scrollTo(0, box.scrollHeight)")
        expect(column.locator(f"[aria-posinset='{place}']")).to_be_attached()


def test_what_stands_still_for_too_long_is_marked(windows):
    window, deals = company(windows)
    first = stages(window)[0]
    window.send("PATCH", f"/stages/{first['id']}", {"rotting_days": 30})

    def older(route):
        """As the server will tell it in three months."""
        answer = route.fetch()
        body = answer.json()
        for one in body["data"]:
            if one["id"] == deals[0]["id"]:
                one.update(is_rotting=True, stage_since=(datetime.now(timezone.utc) - timedelta(days=94)).isoformat())
        route.fulfill(response=answer, json=body)

    window.page.route("**/api/v1/opportunities?*", older)
    page = window.goto("opportunities?view=board")
    settled(page)
    expect(page.get_by_text("Ferma da 94 g")).to_have_count(1)
    expect(page.locator(f'.card[data-record-id="{deals[0]["id"]}"]')).to_contain_text("94 g")
    assert violations(page) == []


def test_what_was_missed_stands_on_the_board_after_a_gap(windows):
    window, _ = company(windows)
    window.expect_fault("ERR_FAILED")
    page = window.page
    page.route("**/api/v1/stream", lambda route: route.abort())
    window.goto("opportunities?view=board")
    settled(page)
    made = window.send("POST", "/opportunities", {"title": "Arrivata intanto", "amount": 700_00, "amount_currency": "EUR"})
    # So much was missed that the server only says so.
    page.unroute("**/api/v1/stream")
    said = {"Content-Type": "text/event-stream"}
    page.route("**/api/v1/stream", lambda route: route.fulfill(headers=said, body="id: a1\nevent: reset\ndata: {}\n\n"))
    page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(page.locator(f'.card[data-record-id="{made["id"]}"]')).to_be_visible()
