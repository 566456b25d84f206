"""The one clock: stored in UTC, lived in Europe/Stockholm."""

from datetime import date, datetime, time

from django.utils import timezone


def now() -> datetime:
    """Answer this moment, aware, in UTC."""
    return timezone.now()


def local(moment: datetime) -> datetime:
    """Answer the same moment as the clock on the wall in Sweden shows it."""
    return timezone.localtime(moment)


def today() -> date:
    """Answer the calendar day in Sweden."""
    return timezone.localdate()


def at(day: date, time_of_day: time) -> datetime:
    """Answer the aware moment when the clock on the wall shows `time_of_day` on `day`."""
    return timezone.make_aware(datetime.combine(day, time_of_day))
