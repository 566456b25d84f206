"""Which tests run in one process: those of the walk, which share a running product; every other test goes anywhere."""

from xdist.scheduler import LoadScopeScheduling

TOGETHER = "tests/walk/"


class WalkInOneProcess(LoadScopeScheduling):
    """Hand out the walk as one piece of work, first because it is the largest, and all else test by test."""

    def _split_scope(self, nodeid: str) -> str:
        return TOGETHER if nodeid.startswith(TOGETHER) else nodeid
