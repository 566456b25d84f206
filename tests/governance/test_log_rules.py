"""The log's own rule: what is not sealed within ten minutes is a finding, and none once it is sealed."""

from datetime import timedelta

import pytest
import time_machine

from governance import audit, clock
from governance.models import Finding
from governance.tasks import refresh_due_findings, seal_audit
from tests.factories import person, root

pytestmark = pytest.mark.django_db


def test_a_log_that_is_not_sealed_is_a_finding_for_the_officer_until_it_is():
    officer = person("communications_officer")
    audit.record("unit.found", by=None, obj=root())
    refresh_due_findings()
    assert not Finding.objects.exists()

    with time_machine.travel(clock.now() + timedelta(minutes=11), tick=False):
        refresh_due_findings()

        assert [found.rule for found in Finding.objects.breached(clock.now()).of(officer)] == ["LOG-1"]

        seal_audit()
        refresh_due_findings()

    assert not Finding.objects.exists()
