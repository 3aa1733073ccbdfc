"""Words of the other language on a page, by the texts that the client and the server hold in both."""
import functools
import json
import re

from server import ROOT

STRING = r'"((?:[^"\\]|\\.)*)"'
TABLE = re.compile(r"\bit: \{(.*?)\},?\s*en: \{(.*?)\},?\s*\}\)", re.S)
#: What the demo's pipeline and its stages are called.
DATA = {"Sales", "Prospecting", "Engaging", "Proposal", "Negotiation", "Won", "Lost"}
SHOWN = """() => {
    // A zone of time is called by its place: America/Nome.
    const own = (one) => one.closest('[lang]') === document.documentElement && !one.closest('script, style, noscript, option[value*="/"]');
    const found = new Set();
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) if (own(walker.currentNode.parentElement)) found.add(walker.currentNode.data.trim());
    for (const name of ['aria-label', 'title', 'placeholder', 'alt', 'aria-description', 'aria-roledescription'])
        for (const one of document.body.querySelectorAll(`[${name}]`)) if (own(one)) found.add(one.getAttribute(name).trim());
    return [...found];
}"""


@functools.cache
def texts() -> dict[str, set[str]]:
    """All texts of each language: the tables of the client's sources, the server's messages."""
    found = {"it": set(), "en": set()}
    for path in (ROOT / "web" / "src").rglob("*.ts*"):
        for table in TABLE.findall(path.read_text()):
            for language, part in zip(("it", "en"), table):
                found[language].update(text.replace('\\"', '"') for text in re.findall(rf": {STRING}", part))
    for path in (ROOT / "Sources").rglob("Messages/*.json"):
        found[path.stem].update(one for one in json.loads(path.read_text()).values() if isinstance(one, str))
    return found


@functools.cache
def foreign_texts(language: str) -> re.Pattern:
    """What is said in the other language alone; a hole `{name}` stands for anything, `{count}` for a number."""
    own = texts()[language]
    (other,) = texts().keys() - {language}
    alone = [one for one in texts()[other] - own - DATA if len(re.findall(r"[^\W\d_]", re.sub(r"\{\w+\}", "", one))) > 3]
    counted = (re.escape(one).replace(r"\{count\}", r"[\d.,]+") for one in alone)
    return re.compile("|".join(sorted(re.sub(r"\\\{\w+\\\}", ".+", one) for one in counted)), re.S)


def foreign(page, language: str) -> list[str]:
    """The texts and names on the page that belong to the other language."""
    assert page.locator("html").get_attribute("lang").startswith(language)
    pattern = foreign_texts(language)
    return [one for one in page.evaluate(SHOWN) if pattern.fullmatch(one)]
