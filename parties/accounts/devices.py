"""What a browser says of itself, in words that its owner recognises."""

import re

# The first that fits says it: Edge and Opera say Chrome too, and Chrome says Safari.
BROWSERS = {
    r"Edg(e|A|iOS)?/": "Edge",
    r"OPR/|Opera": "Opera",
    r"SamsungBrowser/": "Samsung Internet",
    r"Firefox/|FxiOS/": "Firefox",
    r"Chrome/|CriOS/": "Chrome",
    r"Safari/": "Safari",
}
SYSTEMS = {
    r"iPhone": "een iPhone",
    r"iPad": "een iPad",
    r"Android": "Android",
    r"CrOS": "een Chromebook",
    r"Windows": "Windows",
    r"Macintosh|Mac OS X": "een Mac",
    r"Linux": "Linux",
}


def describe(user_agent: str) -> str:
    """Such as "Firefox op Windows"; what it does not know it leaves out."""
    browser = _first(BROWSERS, user_agent) or "Een browser"
    system = _first(SYSTEMS, user_agent)
    return f"{browser} op {system}" if system else browser


def _first(names: dict[str, str], user_agent: str) -> str:
    return next((name for sign, name in names.items() if re.search(sign, user_agent)), "")
