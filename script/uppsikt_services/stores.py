"""The two servers that keep data, each our own unless the environment names one that is already there."""

import os
from pathlib import Path

from uppsikt_services.postgres import Postgres
from uppsikt_services.supervisor import Supervisor
from uppsikt_services.surroundings import server_environ
from uppsikt_services.valkey import Valkey


def start_stores(supervisor: Supervisor, data: Path, sockets: Path, throw_away: bool = False) -> dict[str, str]:
    """Starts what is missing and returns the addresses; raises ServiceFailed when something cannot start."""
    return _database(supervisor, data, sockets, throw_away) | _broker(supervisor, data, sockets, throw_away)


def _database(supervisor: Supervisor, data: Path, sockets: Path, throw_away: bool) -> dict[str, str]:
    if stated := os.environ.get("DATABASE_URL"):
        return {"DATABASE_URL": stated}
    log = data / "log" / "postgres.log"
    postgres = Postgres(data / "postgres", sockets / "pg", log, server_environ(), throw_away)
    supervisor.start(postgres.service())
    return {"DATABASE_URL": postgres.url}


def _broker(supervisor: Supervisor, data: Path, sockets: Path, throw_away: bool) -> dict[str, str]:
    if stated := os.environ.get("REDIS_URL"):
        return {"REDIS_URL": stated, "CACHE_URL": os.environ.get("CACHE_URL", stated)}
    log = data / "log" / "valkey.log"
    valkey = Valkey(data / "valkey", sockets, log, server_environ(), throw_away)
    supervisor.start(valkey.service())
    return {"REDIS_URL": valkey.broker_url, "CACHE_URL": valkey.cache_url}
