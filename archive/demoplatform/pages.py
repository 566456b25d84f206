"""Torget's pages as HTML."""

from collections.abc import Iterable
from html import escape
from urllib.parse import quote

from archive.demoplatform.dates import long
from archive.demoplatform.icons import LOGO, VERIFIED, icon
from archive.demoplatform.people import CITIZENS, WRITTEN, Account, account
from archive.demoplatform.wall import Comment, Post

# What stands where a picture will be, until somebody scrolls there.
EMPTY = "data:image/gif;base64,R0lGODlhAQABAIAAAMLCwgAAACH5BAAAAAAALAAAAAABAAEAAAICRAEAOw=="
TABS = ("Inlägg", "Om", "Bilder", "Evenemang")


def document(title: str, body: str, script: bool = True) -> str:
    """Wrap a body in Torget's frame."""
    scripts = '<script src="/torget.js" defer></script>' if script else ""
    return f"""<!doctype html>
<html lang="sv"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(title)}</title>
<link rel="stylesheet" href="/torget.css"><link rel="icon" href="/torget.svg">{scripts}</head>
<body><header class="top"><a class="brand" href="/">{LOGO}<span>Torget</span></a>
<div class="search">{icon("search")}<span>Sök på Torget</span></div>
<nav aria-label="Torget"><a href="/" class="here" title="Hem">{icon("home")}</a>
<a href="/" title="Sidor">{icon("people")}</a>
<a href="/" title="Aviseringar">{icon("bell")}</a></nav><button class="login">Logga in</button></header>
{body}
<footer class="foot"><p>Torget är ett påhittat socialt nätverk. Alla personer och händelser är påhittade.</p></footer>
</body></html>"""


def start() -> str:
    """Return the list of accounts that somebody wrote."""
    known = [found for handle in WRITTEN if (found := account(handle))]
    cards = "".join(
        f'<a class="card page" href="{address(a)}"><img src="{avatar(a)}" alt="" width="64" height="64">'
        f"<strong>{escape(a.name)}&nbsp;{VERIFIED}</strong><span>{a.label} · {number(a.followers)} följare</span></a>"
        for a in known
    )
    lead = "<h1>Välkommen till Torget</h1><p>Här möts invånare och det offentliga. Välj en sida.</p>"
    return document("Torget", f'<main class="start">{lead}<div class="pages">{cards}</div></main>')


def profile(owner: Account, posts: list[Post], endless: bool) -> str:
    """Return an account's page: all its posts, or a feed that goes on for ever."""
    more = (
        f'<div class="more" data-more="{address(owner)}/flode/" data-next="{len(posts)}"><i></i></div>'
        if endless
        else ""
    )
    body = (
        f'<main>{_head(owner)}<div class="columns"><aside>{_about(owner)}{_pictures(posts)}</aside>'
        f'<section class="feed" aria-label="Inlägg">{articles(owner, posts)}{more}</section></div></main>'
    )
    return document(f"{owner.name} | Torget", body)


def articles(owner: Account, posts: Iterable[Post]) -> str:
    """Return posts with their comments."""
    return "".join(_article(owner, post) for post in posts)


def address(owner: Account) -> str:
    """Return the path of the account's page."""
    return f"/{quote(owner.handle)}"


def avatar(owner: Account) -> str:
    """Return the path of the account's own picture."""
    return f"/emblem/{owner.kind}/{quote(owner.handle)}.svg"


def number(value: int) -> str:
    """Write a number the Swedish way, with a space that does not break."""
    return f"{value:,}".replace(",", "\u00a0")


def _head(owner: Account) -> str:
    scene = {"library": "books", "school": "meadow", "preschool": "children"}.get(owner.kind, "village")
    tabs = "".join(f'<span class="{"here" if tab == TABS[0] else ""}">{tab}</span>' for tab in TABS)
    return f"""<div class="profile">
<div class="banner"><img src="/bild/{scene}/{quote(owner.handle)}-banner.svg" alt=""></div>
<div class="who"><img class="portrait" src="{avatar(owner)}" alt="" width="148" height="148">
<div><h1>{escape(owner.name)}&nbsp;{VERIFIED}</h1>
<p class="handle">@{escape(owner.handle)} · {owner.label} · Officiell sida</p>
<p class="numbers"><b>{number(owner.followers)}</b> följare
<b>{number(owner.followers * 7 // 8)}</b> gillar sidan</p></div>
<div class="acts"><button class="main">Följ</button><button>Meddelande</button></div></div>
<div class="tabs">{tabs}</div></div>"""


def _about(owner: Account) -> str:
    rows = (
        ("tag", f"{owner.label} i {escape(owner.place)}"),
        ("place", escape(owner.place)),
        ("link", f"www.{escape(owner.handle)}.exempel"),
        ("calendar", f"På Torget sedan {owner.joined}"),
    )
    items = "".join(f"<li>{icon(name)}{text}</li>" for name, text in rows)
    return f'<div class="card"><h2>Om sidan</h2><p>{escape(owner.about)}</p><ul class="facts">{items}</ul></div>'


def _pictures(posts: list[Post]) -> str:
    paths = [path for post in posts for path in post.pictures][:9]
    cells = "".join(f'<img src="{quote(path)}" alt="" loading="lazy" width="120" height="120">' for path in paths)
    return f'<div class="card"><h2>Bilder</h2><div class="grid">{cells}</div></div>'


def _article(owner: Account, post: Post) -> str:
    comments = "".join(_comment(owner, comment) for comment in post.comments)
    return f"""<article class="card post" id="inlagg-{post.number}">
<header><img src="{avatar(owner)}" alt="" width="44" height="44">
<div><strong>{escape(owner.name)}&nbsp;{VERIFIED}</strong>
<span class="meta"><span class="chip official">Kommunen</span>
<time datetime="{post.at.isoformat()}">{long(post.at)}</time>{icon("world")}</span></div>{icon("more")}</header>
<p class="text">{escape(post.text)}</p>{_photos(post)}
<div class="counts"><span>👍❤️ {number(post.reactions)}</span>
<span>{_plural(len(post.comments), "kommentar", "kommentarer")} ·
{_plural(post.shares, "delning", "delningar")}</span></div>
<div class="buttons"><span>{icon("like")}Gilla</span><span>{icon("comment")}Kommentera</span>
<span>{icon("share")}Dela</span></div>
<div class="comments">{comments}</div></article>"""


def _photos(post: Post) -> str:
    """Every other post leaves loading to the browser, the others to a script of Torget's own."""
    if not post.pictures:
        return ""
    size = 'width="1200" height="800"'
    shots = "".join(
        f'<img src="{quote(path)}" loading="lazy" alt="" {size}>'
        if post.number % 2
        else f'<img src="{EMPTY}" data-src="{quote(path)}" alt="" {size}>'
        for path in post.pictures
    )
    return f'<div class="photos n{len(post.pictures)}">{shots}</div>'


def _comment(owner: Account, comment: Comment) -> str:
    if comment.citizen is None:
        face, name, chip = (
            avatar(owner),
            f"{escape(owner.name)}&nbsp;{VERIFIED}",
            '<span class="chip official">Kommunen</span>',
        )
    else:
        face, name = f"/ansikte/{comment.citizen}.svg", escape(CITIZENS[comment.citizen])
        chip = '<span class="chip">Invånare</span>'
    likes = f"<span>👍 {comment.likes}</span>" if comment.likes else ""
    answer = " answer" if comment.citizen is None else ""
    return f"""<div class="comment{answer}"><img src="{face}" alt="" width="34" height="34"><div><div class="bubble">
<strong>{name}</strong>{chip}<p>{escape(comment.text)}</p></div>
<div class="under"><span>Gilla</span><span>Svara</span>{likes}</div></div></div>"""


def _plural(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}"
