"""The register of the demo, made through the same verbs as any other, for whatever policy holds. May be repeated."""

from collections.abc import Callable

from django.db import transaction

from accounts.demo import beginning, year
from accounts.demo.telling import Story, is_told
from accounts.platforms import loading
from governance.models import PolicyVersion


def load() -> None:
    """Make what is missing; an account that its unit already has on the platform is left as it is."""
    loading.load(demo=True)
    version = PolicyVersion.objects.current()
    if version is None:
        return
    place = version.municipality.split(maxsplit=1)[0]
    _tell(beginning.whole(version.municipality), beginning.settled)
    _tell(beginning.library(place), beginning.being_changed)
    _tell(beginning.MUSIC, beginning.waiting)
    _tell(beginning.TEENS, beginning.begun)
    _tell(year.HOLIDAY, year.resting)
    _tell(year.CHILDREN, year.ending)
    _tell(year.HALL, year.ended)
    _tell(year.trade(place), year.hijacked)
    year.inherited()


@transaction.atomic
def _tell(story: Story, to_its_end: Callable[[Story], None]) -> None:
    """Make the account and all that happens to it, or nothing."""
    if not is_told(story):
        to_its_end(story)
