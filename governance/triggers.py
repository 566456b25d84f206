"""Rows that must stay: the database refuses what no code path should try."""

import pgtrigger


def append_only(name: str, *, update: bool = True, delete: bool = True) -> list[pgtrigger.Trigger]:
    """Answer triggers that refuse to change, delete or truncate a table's rows."""
    operations = [op for op, on in ((pgtrigger.Update, update), (pgtrigger.Delete, delete)) if on]
    kept = pgtrigger.Protect(name=f"{name}_kept", operation=pgtrigger.Operations(*operations))
    return [kept, no_truncate(name)]


def no_truncate(name: str) -> pgtrigger.Trigger:
    """Answer the trigger that refuses TRUNCATE, which row triggers never see."""
    return pgtrigger.Trigger(
        name=f"{name}_no_truncate",
        level=pgtrigger.Statement,
        when=pgtrigger.Before,
        operation=pgtrigger.Truncate,
        func=f"RAISE EXCEPTION 'uppsikt: {name} is kept and cannot be truncated';",
    )
