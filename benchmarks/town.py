"""A municipality of any size, written in bulk: units, accounts with three plans each, and what hangs on them."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, timedelta

from django.db import connection
from django.db.models import Model

from accounts.models import Account, ActivityPlan, Duty, Platform, PublicReport
from accounts.platforms import loading
from archive.models import Record, Snapshot
from governance import clock, policies_in_force
from governance.models import AuditEvent, Authority, Finding, Notice, PolicyVersion, RoleAssignment, Unit, User
from governance.permissions import ROLES
from governance.policy.reader import shipped
from governance.sorting import swedish_key
from moderation.models import Round

LONG_AGO = date(2020, 1, 1)
OFFICER = "officer@kommun.example"
DEPARTMENTS, UNITS_EACH, STAFF = 12, 10, 300
WORDS = (
    "Biblioteket",
    "Förskolan",
    "Badhuset",
    "Kulturskolan",
    "Äldreboendet",
    "Ungdomsgården",
    "Näringslivet",
    "Örat",
)
PLANS = ("superseded", "superseded", "approved")
EACH = 3  # findings, rounds, events and notices for each account
LATELY_CLOSED = 30  # at every size: more than a page of their list
CLOSED_EACH, CLOSED_FROM = 20, 1_000_019
BATCH = 1000


def begin() -> User:
    """Make the municipality, its units, its policy and platforms; answer a person who holds every central role."""
    authority = Authority.objects.create(name="Kommunstyrelsen", valid_from=LONG_AGO)
    root = Unit.objects.create(
        name="Storkommunen", authority=authority, valid_from=LONG_AGO, email="kommun@kommun.example"
    )
    for number in range(DEPARTMENTS):
        department = _unit(f"Förvaltning {number}", root)
        for below in range(UNITS_EACH):
            _unit(f"{WORDS[below % len(WORDS)]} {number}-{below}", department)
    officer = User.objects.create(email=OFFICER, real_name="Kommunikatören")
    for number in range(STAFF):
        User.objects.create(email=f"person{number}@kommun.example", real_name=f"Person {number}")
    for role in ROLES:
        RoleAssignment.objects.create(user=officer, role=role, unit=root, valid_from=LONG_AGO, secrecy=True)
    policies_in_force.adopt(policies_in_force.load(shipped()["lekeberg"]), by=officer, decision="KS § 1")
    loading.load(demo=False)
    return officer


def grow(to: int, officer: User, *, alone: bool = False) -> None:
    """Make accounts until there are so many, with what each has after a year; then let the database count them.

    Beside them a few are lately closed, the same number at every size: a page of their list is full from the start.
    `alone`: the accounts only.
    """
    units = list(Unit.objects.exclude(parent=None).select_related("authority"))
    known = list(Platform.objects.all())
    first = Account.objects.count()
    with _unguarded():
        closed = () if first else range(CLOSED_FROM, CLOSED_FROM + LATELY_CLOSED * CLOSED_EACH, CLOSED_EACH)
        made = _bulk(_account(number, units, known, officer) for number in (*range(first, to), *closed))
        if not alone:
            _hang(made, officer)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _hang(accounts: Sequence[Account], officer: User) -> None:
    version = PolicyVersion.objects.current()
    plans = _bulk(_plan(account, officer, version, number) for account in accounts for number in range(len(PLANS)))
    staff = list(User.objects.exclude(pk=officer.pk))
    _bulk(_duty(plan, staff[plan.account_id % len(staff)]) for plan in plans)
    each = [(account, number) for account in accounts for number in range(EACH)]
    _bulk(_finding(account, number) for account, number in each)
    _bulk(_round(account, number, officer, version) for account, number in each)
    _bulk(_event(account, number, officer) for account, number in each)
    _bulk(_notice(account, number, officer) for account, number in each)
    _bulk(_snapshot(account) for account in accounts)
    _bulk(_record(account) for account in accounts)
    _bulk(_report(account) for account in accounts)


def _unit(name: str, parent: Unit) -> Unit:
    return Unit.objects.create(name=name, authority=parent.authority, parent=parent, valid_from=LONG_AGO)


def _account(number: int, units: list[Unit], known: list[Platform], officer: User) -> Account:
    unit, platform = units[number % len(units)], known[number % len(known)]
    name = f"{WORDS[number % len(WORDS)]} {number}"
    handle = f"konto{number}"
    closed = number % CLOSED_EACH == CLOSED_EACH - 1
    return Account(
        name=name,
        sort_key=swedish_key(name),
        platform=platform,
        unit=unit,
        authority=unit.authority,
        status="closed" if closed else "paused" if number % 10 == 4 else "active",
        address=_address(platform, handle),
        handle=handle,
        public_about="Nyheter, evenemang och öppettider, och svar på frågor från dem som bor här.",
        public_about_en="News, events and opening hours.",
        proposed_by=officer,
        proposed_at=clock.now(),
        opened_at=clock.now(),
        closed_at=clock.now() if closed else None,
    )


def _address(platform: Platform, handle: str) -> str:
    return f"https://www.{platform.key}.com/{handle}"


def _plan(account: Account, officer: User, version: PolicyVersion | None, number: int) -> ActivityPlan:
    return ActivityPlan(
        account=account,
        unit=account.unit,
        version=number + 1,
        policy_version=version,
        status=PLANS[number],
        purpose="Tipsa om böcker och program",
        watch_days=[1, 2, 3, 4, 5],
        drafted_by=officer,
        created_at=clock.now(),
        submitted_at=clock.now(),
        approved_at=clock.now(),
    )


def _duty(plan: ActivityPlan, person: User) -> Duty:
    over = None if plan.status == "approved" else LONG_AGO
    return Duty(account=plan.account, plan=plan, person=person, kind="page_owner", valid_from=LONG_AGO, valid_to=over)


def _finding(account: Account, number: int) -> Finding:
    return Finding(
        rule=f"REG-{number}",
        subject_type="accounts.account",
        subject_id=account.pk,
        unit=account.unit,
        account_id=account.pk,
        text=f"{account.name}: något är att göra",
        clause="Lekeberg 5.2",
        basis="policy",
        strength="ska",
        due_at=clock.now() - timedelta(days=1),
        url="/",
        evaluated_at=clock.now(),
    )


def _round(account: Account, number: int, officer: User, version: PolicyVersion | None) -> Round:
    begins = clock.now() - timedelta(days=number + 1)
    return Round(
        account=account,
        unit=account.unit,
        authority=account.authority,
        policy_version=version,
        due_from=begins,
        due_at=begins + timedelta(hours=9),
        escalate_at=begins + timedelta(hours=33),
        status="logged",
        logged_by=officer,
        logged_at=begins + timedelta(hours=1),
        outcome="nothing",
        clause="Lekeberg 5.2",
        strength="ska",
        basis="policy",
    )


def _event(account: Account, number: int, officer: User) -> AuditEvent:
    return AuditEvent(
        at=clock.now(),
        action=("account.open", "account.resume", "account.approve")[number],
        actor_id=officer.pk,
        object_type="accounts.account",
        object_id=account.pk,
        object_label=str(account),
        unit_id=account.unit_id,
        unit_label=str(account.unit),
        account_id=account.pk,
        data={"address": account.address},
        personal_sha256="0" * 64,
    )


def _notice(account: Account, number: int, officer: User) -> Notice:
    return Notice(
        key=f"benchmark:{account.pk}:{number}",
        kind="account",
        user=officer,
        subject=f"Kontot {account.name}",
        body="Det finns något att göra.",
        url="/",
        created_at=clock.now(),
        next_try_at=clock.now(),
        state="sent",
    )


def _snapshot(account: Account) -> Snapshot:
    return Snapshot(
        account=account,
        unit=account.unit,
        authority=account.authority,
        occasion="asked",
        ordered_at=clock.now(),
        status="done",
        next_try_at=clock.now(),
        finished_at=clock.now(),
        address_asked=account.address,
    )


def _record(account: Account) -> Record:
    return Record(
        kind="snapshot",
        title=f"Ögonblicksbild av {account.name}",
        account=account,
        unit=account.unit,
        authority=account.authority,
        origin="drawn_up",
        made_at=clock.now(),
        kept_at=clock.now(),
        source_type="archive.snapshot",
        source_id=account.pk,
        manifest_sha256="0" * 64,
        sort_key=account.sort_key,
    )


def _report(account: Account) -> PublicReport:
    root = account.unit.parent if account.unit.parent and account.unit.parent.parent_id is None else account.unit
    return PublicReport(kind="wrong", unit=root, account=account, text="Fel öppettider", received_at=clock.now())


def _bulk(rows: Iterator[Model]) -> list:
    made: list = []
    for row in rows:
        made.append(row)
    return type(made[0])._default_manager.bulk_create(made, batch_size=BATCH) if made else []


@contextmanager
def _unguarded() -> Iterator[None]:
    """Let rows be written as they are after a year, without the way there."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        try:
            yield
        finally:
            cursor.execute("SET session_replication_role = origin")
