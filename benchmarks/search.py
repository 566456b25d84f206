"""`python -m benchmarks.search`: what a search costs in an archive of 100,000 records, beside bare SQL that answers it.

A database of its own is made and thrown away. The figures stand in docs/performance.md; nothing here passes or fails.
"""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "governance.settings")
django.setup()

import random  # noqa: E402 - models need the settings
import re  # noqa: E402
import statistics  # noqa: E402
import time  # noqa: E402
from collections.abc import Callable, Iterator  # noqa: E402
from datetime import timedelta  # noqa: E402
from itertools import accumulate, islice  # noqa: E402

from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import override_settings  # noqa: E402
from django.urls import reverse  # noqa: E402
from django.utils.http import urlencode  # noqa: E402

from accounts.models import Account  # noqa: E402
from archive.models import Record, RecordText, SearchWord  # noqa: E402
from archive.searching import finding, indexing, pages, words  # noqa: E402
from archive.views.search import searched  # noqa: E402
from benchmarks import town  # noqa: E402
from governance import clock  # noqa: E402
from governance.models import User  # noqa: E402

RECORDS, WORDS_EACH, VOCABULARY, ACCOUNTS, ROUNDS = 100_000, 250, 60_000, 200, 7
BATCH = 2000
FIRST = ("stads", "bad", "skol", "barn", "vinter", "sommar", "kultur", "kommun", "äldre", "ungdoms", "närings", "gång")
LAST = ("biblioteket", "huset", "gården", "väg", "omsorg", "dagen", "nämnd", "tider", "möte", "fest", "liv", "bron")
SYLLABLES = ("ba", "dy", "fin", "gu", "kå", "lo", "mör", "sta", "ve", "rän")
EVERYWHERE = ("och", "att", "det", "i", "på", "är", "som", "för", "en", "av")
QUESTIONS = {
    "a rare word": "{59000}",
    "a word in some": "{900}",
    "a word in many": "{40}",
    "a part of compounds": "bibliotek",
    "two words": "{40} {300}",
    "a phrase": '"{12} {13}"',
    "one or the other, not a third": "{300} OR {301} -{20}",
    "misspelt": "stadsbibliotket",
}
# The same answer by hand: what the reader sees (a role above) and what is open, best first, and the page's rows.
FOUND = (
    " from archive_recordtext as t join archive_record as r on r.id = t.record_id where t.vector @@ %s::tsquery"
    " and r.unit_id in (select id from governance_unit where path like '/1/%%')"
    " and (not r.secret or r.unit_id in (select id from governance_unit where path like '/1/%%'))"
)
BARE = {
    "count": f"select count(*) {FOUND}",
    "best": f"select r.id {FOUND} order by ts_rank(t.vector, %s::tsquery, 1) desc, r.made_at desc, r.id desc limit 20",
    "latest": f"select r.id {FOUND} order by r.made_at desc, r.id desc limit 20",
    "rows": "select r.*, t.text from archive_record as r join archive_recordtext as t on t.record_id = r.id"
    " where r.id = any(%s)",
}


def main() -> None:
    """Fill a database, time each question, and throw the database away."""
    static = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    own = {"ALLOWED_HOSTS": ["testserver"], "STORAGES": {**settings.STORAGES, "staticfiles": static}}
    given = settings.DATABASES["default"]["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        officer = town.begin()
        town.grow(ACCOUNTS, officer, alone=True)
        _fill()
        with override_settings(**own):
            _print(officer)
    finally:
        connection.close()
        connection.creation.destroy_test_db(given, verbosity=0)


def _fill() -> None:
    began = time.perf_counter()
    accounts = list(Account.objects.select_related("unit", "authority"))
    dice = random.Random(17)  # noqa: S311 - drawing lots for a benchmark
    known = list(_vocabulary(dice))
    weights = list(accumulate(1 / (place + 3) for place in range(len(known))))
    texts = (" ".join(dice.choices(known, cum_weights=weights, k=WORDS_EACH)) for _number in range(RECORDS))
    rows = ((_record(number, accounts[number % len(accounts)]), text) for number, text in enumerate(texts))
    while batch := list(islice(rows, BATCH)):
        made = Record.objects.bulk_create(record for record, _text in batch)
        RecordText.objects.bulk_create(
            RecordText(record=record, text=text, vector=indexing._vector([record.title], text)[0])
            for record, (_record, text) in zip(made, batch, strict=True)
        )
    used = words.vocabulary([*known, "kommunens", "bild"])
    SearchWord.objects.bulk_create((SearchWord(word=word, key=words.key(word)) for word in used), batch_size=BATCH)
    with connection.cursor() as cursor:
        cursor.execute("vacuum analyze archive_record")
        cursor.execute("vacuum analyze archive_recordtext")
        cursor.execute("vacuum analyze archive_searchword")
    print(f"{RECORDS} records of {WORDS_EACH} words made in {time.perf_counter() - began:.0f} s")


def _vocabulary(dice: random.Random) -> Iterator[str]:
    yield from EVERYWHERE
    for number in range(VOCABULARY):
        yield f"{dice.choice(FIRST)}{dice.choice(LAST)}" if number % 200 == 199 else _word(number)


def _word(number: int) -> str:
    """Answer a word of its own for each number, in syllables."""
    return "".join(SYLLABLES[int(digit)] for digit in f"{number:05}")


def _record(number: int, account: Account) -> Record:
    title = f"Bild {number}"
    return Record(
        kind=Record.Kind.SNAPSHOT,
        title=title,
        sort_key=title,
        account=account,
        unit=account.unit,
        authority=account.authority,
        origin=Record.Origin.DRAWN_UP,
        made_at=clock.now() - timedelta(hours=number),
        kept_at=clock.now(),
        source_type="archive.snapshot",
        source_id=number,
        manifest_sha256="0" * 64,
        secret=number % 50 == 0,
    )


def _print(officer: User) -> None:
    _print_sizes()
    client = Client()
    client.force_login(officer)
    print(f"\n{'question':<32}{'hits':>8}{'bare SQL, ms':>14}{'search, ms':>12}{'ratio':>8}{'page, ms':>10}")
    for name, numbered in QUESTIONS.items():
        text = re.sub(r"{(\d+)}", lambda number: _word(int(number[1])), numbered)
        answer = pages.answer(searched(officer), text)
        bare = _bare(answer)
        ours = _bare_search(officer, text)
        path = f"{reverse('archive:search-list')}?{urlencode({'q': text})}"
        spent = _medians({"bare": bare, "ours": ours, "page": lambda path=path: client.get(path)})
        ratio = spent["ours"] / spent["bare"]
        print(
            f"{name:<32}{answer.hits.count:>8}{spent['bare']:>14.1f}{spent['ours']:>12.1f}{ratio:>8.2f}{spent['page']:>10.1f}",
            flush=True,
        )


def _print_sizes() -> None:
    with connection.cursor() as cursor:
        for table in ("archive_recordtext", "archive_searchword"):
            cursor.execute("select pg_table_size(%s), pg_indexes_size(%s)", [table, table])
            rows, indexes = cursor.fetchone()
            print(f"{table}: {rows / 2**20:.0f} MiB, its indexes {indexes / 2**20:.0f} MiB")
    dice = random.Random(5)  # noqa: S311 - drawing lots for a benchmark
    texts = [" ".join(_word(dice.randrange(VOCABULARY)) for _number in range(WORDS_EACH)) for _each in range(20)]
    records = list(Record.objects.all()[:20])
    began = time.perf_counter()
    for record, text in zip(records, texts, strict=True):
        indexing.add(record, text)
    print(f"indexing one record: {(time.perf_counter() - began) * 1000 / 20:.1f} ms")


def _bare(answer: pages.Answer) -> Callable[[], None]:
    """Answer what asks the same in SQL: how many, which stand on the first page, and those rows with their texts."""
    every, nearest = answer.asked.every, answer.asked.nearest

    def run() -> None:
        with connection.cursor() as cursor:
            cursor.execute(BARE["count"], [every])
            count = cursor.fetchone()[0]
            ranked = count <= finding.RANKED
            cursor.execute(BARE["best" if ranked else "latest"], [every, nearest] if ranked else [every])
            keys = [key for (key,) in cursor.fetchall()]
            cursor.execute(BARE["rows"], [keys])
            cursor.fetchall()

    return run


def _bare_search(officer: User, text: str) -> Callable[[], None]:
    def run() -> None:
        answer = pages.answer(searched(officer), text)
        pages.hits(answer.hits.get_page().object_list, answer.asked)

    return run


def _medians(functions: dict[str, Callable[[], object]]) -> dict[str, float]:
    spent: dict[str, list[float]] = {name: [] for name in functions}
    for _round in range(ROUNDS):
        for name, run in functions.items():
            began = time.perf_counter()
            run()
            spent[name].append((time.perf_counter() - began) * 1000)
    return {name: statistics.median(found) for name, found in spent.items()}


if __name__ == "__main__":
    main()
