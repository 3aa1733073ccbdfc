"""Rules of accessibility (axe-core), WCAG 2.2 A and AA."""
from axe_playwright_python.sync_playwright import Axe

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def violations(page) -> list[str]:
    """What axe finds wrong on the page, one line for each element."""
    results = Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}}).response
    return [
        f"{one['id']} ({one['impact']}): {node['target']}: {node['failureSummary'][:300]}"
        for one in results["violations"] for node in one["nodes"]]
