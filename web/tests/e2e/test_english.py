"""Every screen in English, and the dialogs on it: without a word of Italian, accessible, kept as a picture.

One screen is looked at in the light theme, the next in the dark one.
"""
import re

import pytest
from axe import violations
from conftest import Windows, keep
from foreign import foreign
from playwright.sync_api import expect
from test_screens import RECORDS, SCREENS, any_record, settled

#: What is opened on a screen: the name of a button, or a key.
DIALOGS = {
    "list": ["c", "Filter", "View", "Control+k", "?"],
    "leads": ["c"],
    "accounts": ["c"],
    "contacts": ["c"],
    "products": ["c"],
    "activities": ["c"],
    "settings-members": ["Invite people"],
    "settings-teams": ["New team"],
    "settings-roles": ["New role"],
    "settings-keys": ["New key"],
    "settings-security": ["Turn on"],
}


@pytest.fixture(scope="module")
def reader(chromium, server, lines):
    """An administrator who reads English; the theme is the system's."""
    windows = Windows(chromium, server, lines)
    window = windows.demo(language="en")
    window.send("PATCH", "/me", {"theme": "system"})
    yield window
    windows.close()


def wear(reader, number):
    """The light theme for even numbers, the dark one for odd ones."""
    reader.page.emulate_media(color_scheme=("light", "dark")[number % 2])


def look(reader, name):
    page = reader.page
    settled(page)
    expect(page.locator("html")).not_to_have_attribute("data-theme", re.compile("."))
    keep(page, f"{name}-english")
    assert foreign(page, "en") == []
    assert violations(page) == []
    assert reader.unexpected() == []


@pytest.mark.parametrize("number, name", enumerate(SCREENS), ids=list(SCREENS))
def test_screen_speaks_english(reader, number, name):
    page = reader.page
    wear(reader, number)
    reader.goto(SCREENS[name])
    look(reader, name)
    for opener in DIALOGS.get(name, []):
        if len(opener) == 1 or "+" in opener:
            page.keyboard.press(opener)
        else:
            page.get_by_role("button", name=opener, exact=True).first.click()
        dialog = page.get_by_role("dialog")
        expect(dialog).to_be_visible()
        look(reader, f"{name}-{opener.replace(' ', '-').lower()}")
        page.keyboard.press("Escape")
        expect(dialog).to_have_count(0)


@pytest.mark.parametrize("number, path", enumerate(RECORDS), ids=RECORDS)
def test_record_speaks_english(reader, number, path):
    wear(reader, number)
    reader.goto(f"{path}/{any_record(reader, path)}")
    look(reader, f"record-{path}")
