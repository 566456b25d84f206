"""Whose turn it is: fair between units, polite to websites, and therefore known beforehand.

Units take turns: next is the one that was served longest ago. Within a unit whoever asked goes before a campaign, and
the older order before the younger. A website is asked for one page at a time, and for none while it rests.
"""

import heapq
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Avg, DurationField, ExpressionWrapper, F, Max, Q

from archive.models import Snapshot
from archive.snapshots import hosts

# Further back nobody's place is worked out: it would change before it mattered.
FORESEEN = 200
RECENT = 20


@dataclass(frozen=True)
class Order:
    """What the queue needs to know of an order; `ready` is the first moment at which it may be taken."""

    pk: int
    unit: int
    host: str
    asked: bool
    since: datetime
    ready: datetime
    abandoned: bool = False

    def rank(self, served: Mapping[int, datetime]) -> tuple[bool, float, bool, datetime, int]:
        """Answer what sorts it: what a dead worker left, then units in turn, then who asked, then age."""
        last = served.get(self.unit)
        return (not self.abandoned, last.timestamp() if last else 0.0, not self.asked, self.since, self.pk)


@dataclass(frozen=True)
class Place:
    """Where an order stands: its number among those that wait, and how long it is until it is taken."""

    number: int
    wait: timedelta | None


@dataclass(frozen=True)
class Line:
    """Who waits, in the order they will be taken as far as it can be foreseen, and how long a snapshot takes."""

    places: Mapping[int, Place]
    waiting: int
    usual: timedelta | None

    def left(self, snapshot: Snapshot, now: datetime) -> timedelta | None:
        """Answer how long it is until a snapshot is finished; None where nothing is known to judge by."""
        if self.usual is None:
            return None
        if snapshot.status == Snapshot.Status.RUNNING and snapshot.started_at:
            return max(self.usual - (now - snapshot.started_at), timedelta(seconds=5))
        place = self.places.get(snapshot.pk)
        return place.wait + self.usual if place and place.wait is not None else None


def orders(now: datetime) -> list[Order]:
    """Answer every order that waits, whether its time has come or not, and what dead workers left."""
    rests = hosts.resting(now)
    wanted = Snapshot.objects.filter(Q(status=Snapshot.Status.ORDERED) | Q(pk__in=Snapshot.objects.abandoned(now)))
    rows = wanted.order_by("pk").values_list("pk", "unit_id", "host", "occasion", "ordered_at", "next_try_at", "status")
    return [
        Order(
            pk,
            unit,
            host,
            occasion != Snapshot.Occasion.CAMPAIGN,
            since,
            max(next_try, rests.get(host, next_try)),
            status == Snapshot.Status.RUNNING,
        )
        for pk, unit, host, occasion, since, next_try, status in rows
    ]


def in_turn(found: Iterable[Order], now: datetime) -> list[Order]:
    """Answer those that may be taken now, the first one first."""
    busy = _busy_hosts()
    ready = [each for each in found if each.ready <= now and (each.abandoned or each.host not in busy)]
    served = _served({each.unit for each in ready})
    return sorted(ready, key=lambda each: each.rank(served))


def line(now: datetime) -> Line:
    """Answer the queue as it will go from now on, in four queries, whoever waits."""
    waiting = [each for each in orders(now) if not each.abandoned]
    usual = usual_time()
    running = list(
        Snapshot.objects.filter(status=Snapshot.Status.RUNNING).order_by("pk").values_list("host", "started_at")
    )
    served = _served({each.unit for each in waiting})
    return Line(foresee(waiting, served, running, usual, now), len(waiting), usual)


def foresee(
    waiting: Collection[Order],
    served: Mapping[int, datetime],
    running: Iterable[tuple[str, datetime | None]],
    usual: timedelta | None,
    now: datetime,
) -> dict[int, Place]:
    """Answer the places of the first orders, by playing through what the workers will do."""
    step = usual or timedelta(seconds=30)
    last, free_at = dict(served), {}
    workers = [now] * settings.CAPTURE_WORKERS
    for host, started in running:
        end = max((started or now) + step, now + timedelta(seconds=5))
        heapq.heapreplace(workers, end)
        free_at[host] = end
    piles = _piles(waiting, now)
    places: dict[int, Place] = {}
    while piles and len(places) < FORESEEN:
        moment = max(workers[0], min(_opens(pile[0], free_at) for pile in piles.values()))
        open_now = [key for key, pile in piles.items() if _opens(pile[0], free_at) <= moment]
        key = min(open_now, key=lambda each: piles[each][0].rank(last))
        order = piles[key].pop(0)
        if not piles[key]:
            del piles[key]
        places[order.pk] = Place(len(places) + 1, moment - now if usual else None)
        last[order.unit] = moment
        heapq.heapreplace(workers, moment + step)
        if order.host:
            free_at[order.host] = moment + step
    return places


def usual_time() -> timedelta | None:
    """Answer how long the latest snapshots took, on average; None where none was taken yet."""
    taken = Snapshot.objects.filter(
        status__in=[Snapshot.Status.DONE, Snapshot.Status.ATTENTION],
        origin=Snapshot.Origin.CAPTURED,
        started_at__isnull=False,
        finished_at__isnull=False,
    )
    recent = taken.order_by("-finished_at", "-pk").values("pk")[:RECENT]
    took = ExpressionWrapper(F("finished_at") - F("started_at"), output_field=DurationField())
    return Snapshot.objects.filter(pk__in=recent).order_by().aggregate(usual=Avg(took))["usual"]


def _piles(waiting: Iterable[Order], now: datetime) -> dict[tuple[int, str], list[Order]]:
    """Answer the orders of each unit on each website, the one that is taken first on top."""
    piles: dict[tuple[int, str], list[Order]] = defaultdict(list)
    for order in sorted(waiting, key=lambda each: (max(each.ready, now), each.rank({}))):
        piles[order.unit, order.host].append(order)
    return dict(piles)


def _opens(order: Order, free_at: Mapping[str, datetime]) -> datetime:
    return max(order.ready, free_at.get(order.host, order.ready))


def _busy_hosts() -> set[str]:
    running = Snapshot.objects.filter(status=Snapshot.Status.RUNNING).exclude(host="")
    return set(running.order_by().values_list("host", flat=True))


def _served(units: Collection[int]) -> dict[int, datetime]:
    """Answer when a worker last began with a snapshot of each unit."""
    rows = Snapshot.objects.filter(unit__in=units, started_at__isnull=False).order_by()
    return dict(rows.values("unit").annotate(last=Max("started_at")).values_list("unit", "last"))
