"""Loading a policy file as a version, and adopting a version."""

import hashlib
from pathlib import Path

from django.db import transaction
from django.db.models import Max

from governance import audit, clock
from governance.models import PolicyVersion, User
from governance.policy.reader import read
from governance.workflow import perform


@transaction.atomic
def load(path: Path, *, by: User | None = None) -> PolicyVersion:
    """Read a policy file into a version, or answer the version that already holds exactly this text.

    Raises `PolicyRefused` naming file, key and what was expected; then nothing is loaded.
    """
    return take_in(path.read_text(encoding="utf-8"), path.name, by=by)


@transaction.atomic
def take_in(source: str, name: str, *, by: User | None = None) -> PolicyVersion:
    """Read the text of a policy file called `name` into a version, as `load` does."""
    policy = read(source, name)
    sha256 = hashlib.sha256(source.encode()).hexdigest()
    known = PolicyVersion.objects.filter(key=policy.key, sha256=sha256).first()
    if known is not None:
        return known
    last = PolicyVersion.objects.filter(key=policy.key).aggregate(last=Max("number"))["last"] or 0
    version = PolicyVersion.objects.create(
        key=policy.key,
        number=last + 1,
        title=policy.title,
        municipality=policy.municipality.name,
        source=source,
        sha256=sha256,
    )
    audit.record("policyversion.load", by=by, obj=version, data={"sha256": sha256})
    return version


def readopt(version: PolicyVersion) -> PolicyVersion:
    """Answer a fresh, not yet adopted version with the same text, where an earlier policy is to hold again."""
    if version.status == PolicyVersion.Status.LOADED:
        return version
    last = PolicyVersion.objects.filter(key=version.key).aggregate(last=Max("number"))["last"]
    return PolicyVersion.objects.create(
        key=version.key,
        number=last + 1,
        title=version.title,
        municipality=version.municipality,
        source=version.source,
        sha256=version.sha256,
    )


def adopt(version: PolicyVersion, *, by: User, decision: str) -> PolicyVersion:
    """Adopt a version with the reference of its decision; from now on it holds for whatever begins."""
    return perform(version, "adopt", by=by, reason=decision, data={"decision": decision})


def stamp_adoption(version: PolicyVersion, by: User | None, reason: str) -> None:
    """Effect of adopt: who, when, and under which decision."""
    version.adopted_at, version.adopted_by, version.decision = clock.now(), by, reason[:200]
