"""How long documents are kept and how they are disposed of: the plan, the stops, the proposals, what is carried out."""

from archive.disposing.holding import is_held
from archive.disposing.planning import snapshot_interval

__all__ = ["is_held", "snapshot_interval"]
