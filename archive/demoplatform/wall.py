"""What stands on an account's page: posts and comments, the same every time for the same handle."""

import tomllib
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from archive.demoplatform.dice import Dice
from archive.demoplatform.people import CITIZENS, Account

POSTS = Path(__file__).parent / "posts"
ANSWER = "> "
# Scenes that can be from the same day.
ALBUM = ("lake", "meadow", "village", "forest", "party")
EXTRA_COMMENTS = (
    "👍",
    "❤️❤️",
    "Bra information, tack!",
    "Delar!",
    "Toppen 🌟",
    "Fint 🥰",
    "Tack för att ni är så tydliga",
)


@dataclass(frozen=True)
class Comment:
    """One comment; `citizen` is a number in CITIZENS, or None when the account itself wrote."""

    text: str
    citizen: int | None
    likes: int


@dataclass(frozen=True)
class Post:
    """One post of the account. `pictures` are addresses on Torget."""

    number: int
    text: str
    at: datetime
    pictures: tuple[str, ...]
    comments: tuple[Comment, ...]
    reactions: int
    shares: int


@cache
def _written(kind: str) -> tuple[dict[str, Any], ...]:
    return tuple(tomllib.loads((POSTS / f"{kind}.toml").read_text(encoding="utf-8"))["post"])


def posts(account: Account, first: int, count: int, today: date) -> list[Post]:
    """Return posts from number `first` on, the newest is number 0; there is no last one."""
    return [_post(account, number, today) for number in range(first, first + count)]


def length(account: Account) -> int:
    """Tell how many posts the account's ordinary page shows: everything written once, 20 to 60."""
    return len(_written(account.kind))


def _post(account: Account, number: int, today: date) -> Post:
    written = _written(account.kind)
    lap, place = divmod(number, len(written))
    order = Dice("order", account.handle, lap).shuffled(range(len(written)))
    source = written[order[place]]
    dice = Dice("post", account.handle, number)
    day = today - timedelta(days=2 * number + dice.number(1, 2))
    return Post(
        number=number,
        text=source["text"].format(ort=account.place),
        at=datetime.combine(day, time(dice.number(7, 17), dice.number(0, 59))),
        pictures=_pictures(source["picture"], account, number, dice),
        comments=_comments(source["comments"], dice),
        reactions=dice.number(8, 640),
        shares=dice.number(0, 48),
    )


def _pictures(kind: str, account: Account, number: int, dice: Dice) -> tuple[str, ...]:
    if not kind:
        return ()
    kinds = [kind]
    if kind in ALBUM and dice.chance(40):
        kinds += dice.shuffled([other for other in ALBUM if other != kind])[:2]
    return tuple(f"/bild/{kind}/{account.handle}-{number}-{i}.svg" for i, kind in enumerate(kinds))


def _comments(texts: list[str], dice: Dice) -> tuple[Comment, ...]:
    writers = dice.shuffled(range(len(CITIZENS)))
    extra = [dice.pick(EXTRA_COMMENTS)] if dice.chance(45) else []
    return tuple(
        Comment(
            text=text.removeprefix(ANSWER),
            citizen=None if text.startswith(ANSWER) else writers[place],
            likes=dice.number(0, 14),
        )
        for place, text in enumerate([*texts, *extra])
    )
