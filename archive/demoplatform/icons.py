"""Torget's icons: one path each on a field of 24 by 24."""

PATHS = {
    "home": "M3 11 12 4l9 7v9a1 1 0 0 1-1 1h-5v-6H9v6H4a1 1 0 0 1-1-1Z",
    "people": "M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7Zm-7 9c0-4 3-6.5 7-6.5s7 2.5 7 6.5ZM16 11a3 3 0 1 0 0-6M18 20h4"
    "c0-3-1.5-5-4-6",
    "bell": "M6 17V11a6 6 0 1 1 12 0v6l2 2H4ZM10 21h4",
    "search": "M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13Zm5-1.5L21 21",
    "like": "M7 21H4V10h3Zm0-11 4-7c2 0 3 1.5 2.5 3.5L13 9h5.5c1.5 0 2.3 1.2 2 2.5l-1.5 7c-.3 1.5-1.3 2.5-3 2.5H7Z",
    "comment": "M4 5h16v11H10l-5 4v-4H4Z",
    "share": "M14 5l7 6-7 6v-4c-5 0-8 1-11 5 .5-5 3.5-9 11-9Z",
    "world": "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM3 12h18M12 3c3 3 3 15 0 18M12 3c-3 3-3 15 0 18",
    "link": "M10 14a4 4 0 0 0 6 0l3-3a4 4 0 0 0-6-6l-1 1M14 10a4 4 0 0 0-6 0l-3 3a4 4 0 0 0 6 6l1-1",
    "calendar": "M4 6h16v14H4ZM4 10h16M8 3v4M16 3v4",
    "place": "M12 21s7-6.5 7-11.5a7 7 0 1 0-14 0C5 14.5 12 21 12 21Zm0-8.5a2.8 2.8 0 1 0 0-5.6 2.8 2.8 0 0 0 0 5.6Z",
    "tag": "M4 4h7l9 9-7 7-9-9ZM8 8h.01",
    "more": "M5 12h.01M12 12h.01M19 12h.01",
}


def icon(name: str) -> str:
    """Return a line icon as inline SVG, hidden from screen readers."""
    return f'<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d="{PATHS[name]}"/></svg>'


# A seal with a tick: the account is what it says.
VERIFIED = (
    '<svg class="verified" viewBox="0 0 24 24" role="img" aria-label="Verifierad sida">'
    '<path class="seal" d="M12 1.5l2.8 2.3 3.6-.4 1 3.5 3.1 1.9-1.3 3.4 1.3 3.4-3.1 1.9-1 3.5-3.6-.4'
    'L12 22.9l-2.8-2.3-3.6.4-1-3.5-3.1-1.9 1.3-3.4L1.5 8.8l3.1-1.9 1-3.5 3.6.4Z"/>'
    '<path class="tick" d="M7.5 12.2l3 3 6-6.2"/></svg>'
)
LOGO = (
    '<svg class="logo" viewBox="0 0 40 40" aria-hidden="true"><rect width="40" height="40" rx="11"/>'
    '<path d="M8 17 11 9h18l3 8c0 2.2-1.6 3.5-3.2 3.5S26 19 26 17c0 2-1.3 3.5-3 3.5S20 19 20 17'
    'c0 2-1.3 3.5-3 3.5S14 19 14 17c0 2-1.2 3.5-2.8 3.5S8 19.2 8 17Z"/><path d="M11 23v8h18v-8"/></svg>'
)
MARK = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40" fill="none" stroke="#fff" stroke-width="2.4">'
    '<rect width="40" height="40" rx="11" fill="#d9480f" stroke="none"/>'
    '<path d="M8 17 11 9h18l3 8ZM11 20v11h18V20"/></svg>'
)
