"""What the plans of the demo say, and who takes which duty."""

from typing import Any

# Who takes which duty, in order; the kinds that a policy does not know are left out.
TAKES = {
    "page_owner": 0,
    "responsible": 0,
    "administrator": 0,
    "editor": 1,
    "operator": 1,
    "deputy": 2,
}
TEXTS = {
    "target_group": "Alla som bor i kommunen, och de som funderar på att flytta hit.",
    "absence_routine": "Ersättaren tar över vid semester, sjukdom och utbildning, annars chefen.",
    "terms_of_use": "Villkoren är lästa. Den som följer oss behöver inte godta mer än plattformen kräver av alla.",
    "website_first": "Sidorna på webbplatsen är uppdaterade och har samma innehåll.",
    "mission": "Skriva inlägg, svara på frågor och hålla uppsikt över vad andra skriver, i tjänsten och på arbetstid.",
    "watch_times": "8–16 på vardagar",
}
NUMBERS: dict[str, Any] = {
    "watch_days": [1, 2, 3, 4, 5],
    "updates_per_week": 3,
    "hours_per_week": 4,
}
