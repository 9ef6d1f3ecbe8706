"""A browser in two words, read from what it calls itself.

A browser may call itself anything, and new ones hide the exact system; this helps an owner to tell
his devices apart and decides nothing.
"""

from typing import Final

#: (mark in the User-Agent, name), the first that fits: most browsers also name those they imitate.
_BROWSERS: Final = (
    ("coc_coc", "Cốc Cốc"),
    ("Zalo", "Zalo"),
    ("EdgA/", "Edge"),
    ("EdgiOS/", "Edge"),
    ("Edg/", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("FxiOS/", "Firefox"),
    ("Firefox/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
_SYSTEMS: Final = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


def device(user_agent: str) -> str:
    """ "Chrome, Windows"; one of the two alone, or "", where nothing known is named."""
    named = (
        next((name for mark, name in known if mark in user_agent), "")
        for known in (_BROWSERS, _SYSTEMS)
    )
    return ", ".join(name for name in named if name)
