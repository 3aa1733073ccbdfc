"""Every screen in English: without a word of Italian, kept as a picture. What axe looks at has no language."""
import pytest
from conftest import Windows, keep
from foreign import foreign
from test_screens import RECORDS, SCREENS, any_record, settled


@pytest.fixture(scope="module")
def reader(chromium, server, lines):
    """An administrator who reads English."""
    windows = Windows(chromium, server, lines)
    yield windows.demo(language="en")
    windows.close()


def look(reader, name):
    page = reader.page
    settled(page)
    keep(page, f"{name}-english")
    assert foreign(page, "en") == []
    assert reader.unexpected() == []


@pytest.mark.parametrize("name", SCREENS)
def test_screen_speaks_english(reader, name):
    reader.goto(SCREENS[name])
    look(reader, name)


@pytest.mark.parametrize("path", RECORDS)
def test_record_speaks_english(reader, path):
    reader.goto(f"{path}/{any_record(reader, path)}")
    look(reader, f"record-{path}")
