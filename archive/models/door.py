"""The one door out of the archive, as the database holds it: nothing leaves but by a disposal that is carried out.

A record goes only while a disposal that was approved is being carried out and has it on its list, no stop is in force
for it, and what must remain of it is written already. Its files go only with it. What has gone does not come back.
"""

import pgtrigger

from governance.triggers import no_truncate

HELD = """
    SELECT 1 FROM archive_disposalhold AS hold
    JOIN archive_record AS held ON held.id = {record}
    WHERE hold.ended_at IS NULL AND (
        hold.scope = 'everything'
        OR (hold.scope = 'kind' AND hold.kind_id = held.document_kind_id)
        OR (hold.scope = 'account' AND hold.account_id = held.account_id)
        OR (hold.scope = 'record' AND hold.record_id = held.id)
        OR (hold.scope = 'unit' AND EXISTS (
            SELECT 1 FROM governance_unit AS upper, governance_unit AS lower
            WHERE upper.id = hold.unit_id AND lower.id = held.unit_id AND starts_with(lower.path, upper.path)
        ))
    )
"""

MAY_GO = """
    IF NOT EXISTS (
        SELECT 1 FROM archive_disposalrow AS listed
        JOIN archive_disposal AS disposal ON disposal.id = listed.disposal_id
        JOIN archive_record AS going ON going.identifier = listed.identifier
        JOIN archive_disposedrecord AS remains ON remains.identifier = listed.identifier
        WHERE going.id = OLD.{key} AND listed.outcome = '' AND disposal.status = 'running'
    ) THEN
        RAISE EXCEPTION 'uppsikt: a record leaves the archive only by a disposal that is carried out';
    END IF;
    IF EXISTS ({held}) AND NOT EXISTS (
        SELECT 1 FROM archive_disposalrow AS listed
        JOIN archive_disposal AS disposal ON disposal.id = listed.disposal_id
        JOIN archive_record AS going ON going.identifier = listed.identifier
        WHERE going.id = OLD.{key} AND disposal.origin = 'restore' AND disposal.status = 'running'
    ) THEN
        RAISE EXCEPTION 'uppsikt: a disposal stop is in force for the record';
    END IF;
    RETURN OLD;
"""

GONE = """
    IF EXISTS (SELECT 1 FROM archive_disposedrecord WHERE identifier = NEW.identifier) THEN
        RAISE EXCEPTION 'uppsikt: what was disposed of does not come back';
    END IF;
    RETURN NEW;
"""


def one_door(name: str, key: str) -> list[pgtrigger.Trigger]:
    """Answer triggers that let rows go only through the door; `key` is the column with the record's number."""
    door = pgtrigger.Trigger(
        name=f"{name}_not_deleted",
        when=pgtrigger.Before,
        operation=pgtrigger.Delete,
        func=MAY_GO.format(key=key, held=HELD.format(record=f"OLD.{key}")),
    )
    return [door, no_truncate(name)]


def stays_gone() -> pgtrigger.Trigger:
    """Answer the trigger that refuses a record whose identifier was disposed of."""
    return pgtrigger.Trigger(name="record_stays_gone", when=pgtrigger.Before, operation=pgtrigger.Insert, func=GONE)
