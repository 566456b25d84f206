"""Pictures from before Uppsikt, which somebody had saved in a folder, and one comment that was kept."""

import io
from datetime import datetime, timedelta
from typing import Any

from accounts.models import Account
from archive.demo import drawing
from archive.incoming import reading, uploading
from archive.models import Record, Snapshot
from governance import clock
from governance.models import User

HOW = "Skärmbild och sparad sida ur förvaltningens mapp. Togs av den som skötte kontot då."
# How many days ago, and what the page said; the later ones keep some of what stood in the earlier.
PAGES = (
    (
        980,
        [
            "Biblioteket\nNu kan du låna verktyg hos oss! Borrmaskiner, stegar och en pressyl.",
            "Biblioteket\nSagostund varje onsdag klockan 10. Ingen anmälan behövs.",
        ],
    ),
    (
        615,
        [
            "Biblioteket\nSommaröppet: måndag till torsdag 10-16.",
            "Biblioteket\nSagostund varje onsdag klockan 10. Ingen anmälan behövs.",
            "Kim Öberg\nTack för boktipsen! När kommer nästa språkkafé?",
        ],
    ),
    (
        250,
        [
            "Biblioteket\nFörfattarkväll i stadsbiblioteket: köp biljett i disken eller på webbplatsen.",
            "Biblioteket\nSagostund varje torsdag klockan 10. Ingen anmälan behövs.",
            "Kim Öberg\nVi hade önskat fler språkkaféer på kvällstid.",
        ],
    ),
)
COMMENT_DAYS = 40
COMMENT = "Jag bor på Storgatan 4 och min dotter Elsa har fått avslag på sin ansökan. Ring mig!"
COMMENT_HOW = "Skärmbild från en mobil, innan kommentaren doldes."


def load(account: Account, by: User) -> Record | None:
    """Keep the earlier pages of an account, and the comment, unless they are kept already; answer the comment."""
    if account.snapshots.filter(origin=Snapshot.Origin.UPLOADED).exists():
        return None
    for days, posts in PAGES:
        _keep(account, by, posts, _ago(days), HOW)
    kept = _keep(
        account,
        by,
        [f"En invånare\n{COMMENT[:42]}\n{COMMENT[42:]}"],
        _ago(COMMENT_DAYS),
        COMMENT_HOW,
        link=f"{account.address.rstrip('/')}/inlagg/1",
        authors=Record.Authors.CITIZEN,
        origin=Record.Origin.RECEIVED,
    )
    return Record.objects.get(source_type="archive.snapshot", source_id=kept.pk)


def _keep(account: Account, by: User, posts: list[str], at: datetime, how: str, **more: Any) -> Snapshot:
    drawn = drawing.page(account.name, account.address, posts)
    saved = drawing.text(account.name, posts)
    files = [
        reading.read("sidan.png", len(drawn), io.BytesIO(drawn)),
        reading.read("sidan.html", len(saved), io.BytesIO(saved)),
    ]
    return uploading.upload_for(account, by=by, files=files, taken_at=at, how=how, **more)


def _ago(days: int) -> datetime:
    return clock.now() - timedelta(days=days)
