"""Rules of accessibility (axe-core), WCAG 2.2 A and AA."""
from axe_playwright_python.base import AXE_SCRIPT

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
#: What is right is not told: to write it down takes longer than to look.
OPTIONS = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]}


def violations(page) -> list[str]:
    """What axe finds wrong on the page, one line for each element."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found = page.evaluate("async (options) => (await axe.run(document, options)).violations", OPTIONS)
    return [
        f"{one['id']} ({one['impact']}): {node['target']}: {node['failureSummary'][:300]}"
        for one in found for node in one["nodes"]]
