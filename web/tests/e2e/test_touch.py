"""The board under a finger: a card is taken after a moment's rest, and scrolling stays free."""
from playwright.sync_api import expect
from test_board import lane, stages
from test_list import company
from test_screens import settled


class Finger:
    """One finger on the page; steps as small as a hand's."""

    def __init__(self, window):
        self.touches = window.context.new_cdp_session(window.page)

    def send(self, kind, *points):
        self.touches.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y} for x, y in points]})

    def move(self, start, end, steps=8):
        for step in range(1, steps + 1):
            self.send("touchMove", tuple(a + (b - a) * step / steps for a, b in zip(start, end)))


def test_a_card_is_dragged_by_a_finger(windows):
    window, deals = company(windows, width=1024, touch=True)
    first, second = stages(window)[:2]
    page = window.goto("opportunities?view=board")
    settled(page)
    card = lane(page, first).locator(f'[data-record-id="{deals[1]["id"]}"]')
    box, target = card.bounding_box(), lane(page, second).bounding_box()
    start, end = (box["x"] + 60, box["y"] + 20), (target["x"] + 80, target["y"] + 120)
    finger = Finger(window)
    finger.send("touchStart", start)
    ghost = page.locator(".card-ghost")
    ghost.wait_for()
    finger.move(start, end)
    expect(ghost).to_contain_text(second["name"])
    with page.expect_response(lambda answer: answer.request.method == "PATCH") as kept:
        finger.send("touchEnd")
    assert kept.value.ok
    expect(lane(page, second).locator(f'[data-record-id="{deals[1]["id"]}"]')).to_be_visible()
    assert window.send("GET", f"/opportunities/{deals[1]['id']}")["stage_id"] == second["id"]


def test_a_finger_that_goes_on_at_once_scrolls(windows):
    window, deals = company(windows, deals=12, width=360, height=560, touch=True)
    first = stages(window)[0]
    page = window.goto("opportunities?view=board")
    settled(page)
    card = lane(page, first).locator("[data-record-id]").nth(3)
    box = card.bounding_box()
    start = (box["x"] + 60, box["y"] + 20)
    finger = Finger(window)
    finger.send("touchStart", start)
    finger.move(start, (start[0], start[1] - 240))
    finger.send("touchEnd")
    page.wait_for_function("() => [...document.querySelectorAll('.lane-scroll')].some(list => list.scrollTop > 100)")
    expect(page.locator(".card-ghost")).to_have_count(0)
    assert {deal["stage_id"] for deal in window.send("GET", "/opportunities?limit=50")["data"]} == {first["id"]}
