"""Cuts Inter down to what the client writes: Latin, upright, weights 400 to 600.

    python3 font.py SOURCE TARGET
"""
import sys

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

source, target = sys.argv[1:]
font = TTFont(source)
axes = {axis.axisTag: axis for axis in font["fvar"].axes}
limits = {"wght": (400, 600)}
limits |= {tag: axis.defaultValue for tag, axis in axes.items() if tag != "wght"}
font = instancer.instantiateVariableFont(font, limits)
options = subset.Options()
options.flavor = "woff2"
options.layout_features = ["kern", "liga", "calt", "tnum", "ccmp", "locl", "mark", "mkmk"]
options.hinting = False
options.name_IDs = [0, 1, 2, 13, 14]
cutter = subset.Subsetter(options)
cutter.populate(unicodes=[
    *range(0x20, 0x7F), *range(0xA0, 0x180), 0x218, 0x219, 0x21A, 0x21B, *range(0x2010, 0x2015), *range(0x2018, 0x201F),
    0x2022, 0x2026, 0x2032, 0x2033, 0x2039, 0x203A, 0x20AC, 0x2122, 0x2190, 0x2191, 0x2192, 0x2193, 0x2212, 0x2318, 0x21B5, 0x00D7])
cutter.subset(font)
font.flavor = "woff2"
font.save(target)
