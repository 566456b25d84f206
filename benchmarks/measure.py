"""Timing one page: the median of several calls through the whole stack, and the questions it asks."""

import gc
import statistics
import time
import tracemalloc
from collections.abc import Iterator
from dataclasses import dataclass
from http import HTTPStatus

from django.apps import apps
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, URLResolver, get_resolver, reverse

from benchmarks.databases import Databases

ROUNDS, CHECKS = 25, 120
OURS = {config.label for config in apps.get_app_configs()} & {"governance", "accounts", "archive", "moderation"}
FURTHER = ("accounts:public-closed", "accounts:public-closed-en", "governance:start-show")


@dataclass(frozen=True)
class Timed:
    """One page at one size: its median in milliseconds, and how many questions it asked."""

    milliseconds: float
    queries: int


def list_pages() -> list[str]:
    """Answer the address of every list page of the product, and of the start page."""
    names = {f"{app}:{name}" for app, name in _names(get_resolver(), "") if app in OURS}
    lists = sorted(name for name in names if name.removesuffix("-en").endswith("-list"))
    return [path for name in (*FURTHER, *lists) if (path := _path(name))]


def compared(databases: Databases, clients: dict[int, Client], path: str) -> dict[int, Timed]:
    """Time a page in databases of several sizes, in turn, so that whatever else the machine does falls on all alike.

    Raises where the page is not answered with 200.
    """
    asked: dict[int, int] = {}
    spent: dict[int, list[float]] = {size: [] for size in clients}
    for size, client in clients.items():
        databases.use(size)
        _answered(client, path)
        asked[size] = _queries(client, path)
    for _round in range(ROUNDS):
        for size, client in clients.items():
            databases.use(size)
            spent[size].append(_milliseconds(client, path))
    return {size: Timed(statistics.median(found), asked[size]) for size, found in spent.items()}


def medians(client: Client, paths: list[str]) -> dict[str, float]:
    """Answer the median of each page in milliseconds; they are called in turn."""
    for path in paths:
        _answered(client, path)
    rounds = [{path: _milliseconds(client, path) for path in paths} for _round in range(CHECKS)]
    return {path: statistics.median(spent[path] for spent in rounds) for path in paths}


def _milliseconds(client: Client, path: str) -> float:
    began = time.perf_counter()
    client.get(path)
    return (time.perf_counter() - began) * 1000


def _queries(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        client.get(path)
    return len(captured)


def _answered(client: Client, path: str) -> None:
    status = client.get(path).status_code
    if status != HTTPStatus.OK:
        raise ValueError(f"{path} answered {status}")


def peak_memory(client: Client, path: str) -> tuple[float, int]:
    """Answer the highest memory in MiB while a streamed answer is read and thrown away, and its length in bytes."""
    gc.collect()
    tracemalloc.start()
    try:
        response = client.get(path)
        length = sum(len(part) for part in response.streaming_content)
        return tracemalloc.get_traced_memory()[1] / 2**20, length
    finally:
        tracemalloc.stop()


def _names(resolver: URLResolver, app: str) -> Iterator[tuple[str, str]]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from _names(entry, entry.app_name or app)
        elif entry.name:
            yield app, entry.name


def _path(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
