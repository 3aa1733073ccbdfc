"""What a browser has to fetch before anything is shown."""
import re

from server import ROOT

MOST = 120 * 1024


def test_the_first_load_fits_its_budget():
    dist = ROOT / "web" / "dist"
    shell = (dist / "index.html").read_text()
    files = set(re.findall(r'(?:src|href)="(/assets/[^"]+\.(?:js|css))"', shell))
    assert len(files) >= 2
    size = sum(sent(dist / file[1:]).stat().st_size for file in files)
    assert size <= MOST, f"{size} bytes of scripts and styles are loaded at first"


def sent(file):
    """The file as it is sent: the smallest are not compressed."""
    compressed = file.with_name(f"{file.name}.br")
    return compressed if compressed.exists() else file
