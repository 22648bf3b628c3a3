"""By when a family must be contacted, and by when somebody must have seen the child or the woman.

Source: rules.md, section 6. The hours are a puskesmas' own settings (`settings.csv`, group triage); duty hours come
from its roster. Pure: a level, a moment, a roster and limits in; moments out.
"""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from ceting.standards import sources
from ceting.standards.duty import Roster
from ceting.standards.levels import Level

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Limits:
    """A puskesmas' own clock. Minutes, duty hours, hours and days, as their names say."""

    red_escalation_minutes: int
    urgent_contact_duty_hours: int
    high_contact_hours: int
    high_seen_days: int
    medium_contact_days: int
    medium_seen_days: int


@dataclass(frozen=True)
class Deadlines:
    """Until when, at the latest; aware moments in the zone of the roster."""

    contact_by: datetime
    seen_by: datetime


def deadlines(level: Level, since: datetime, roster: Roster, limits: Limits) -> Deadlines | None:
    """The two deadlines of a finding whose clock began at `since`; None for RINGAN, which is a task of a session.

    MERAH: answered within the minutes after which it climbs, at any hour; seen the same day. SEGERA: contacted within
    duty hours, seen on the day on which they end. TINGGI and SEDANG: hours and days of the calendar; a contact due
    when nobody is on duty moves into the first duty time after it, and a day without duty to the next day with one.
    A milder level is never due before a graver one: four duty hours from Saturday noon on reach into Monday, and so
    does then what would be due at its first hour. A roster without any duty stops no clock: then every hour counts.
    """
    if level is Level.RINGAN:
        return None
    own = _own(level, since, roster, limits)
    if level is Level.MERAH:
        return own
    graver = deadlines(Level(level + 1), since, roster, limits) or own
    return Deadlines(max(own.contact_by, graver.contact_by), max(own.seen_by, graver.seen_by))


def _own(level: Level, since: datetime, roster: Roster, limits: Limits) -> Deadlines:
    """As if no other level were written down."""
    if level is Level.MERAH:
        contact = since.astimezone(roster.zone) + timedelta(minutes=limits.red_escalation_minutes)
        return Deadlines(contact, _end_of(contact, roster))
    if level is Level.SEGERA:
        wanted = timedelta(hours=limits.urgent_contact_duty_hours)
        contact = roster.after(since, wanted) or since.astimezone(roster.zone) + wanted
        return Deadlines(contact, _end_of(contact, roster))
    if level is Level.TINGGI:
        within, days = timedelta(hours=limits.high_contact_hours), limits.high_seen_days
    else:
        within, days = DAY * limits.medium_contact_days, limits.medium_seen_days
    contact = _on_duty(since + within, roster)
    return Deadlines(contact, max(contact, _end_of_a_duty_day(since + DAY * days, roster)))


def _on_duty(moment: datetime, roster: Roster) -> datetime:
    """The moment itself while somebody is on duty, else the end of the first duty time after it."""
    grace = timedelta(minutes=sources.number("project_values", "triage.grace_minutes"))
    if roster.on_duty(moment):
        return moment.astimezone(roster.zone)
    starts = roster.next_start(moment)
    moved = roster.after(starts, grace) if starts else None
    return moved or moment.astimezone(roster.zone)


def _end_of_a_duty_day(moment: datetime, roster: Roster) -> datetime:
    """The end of the moment's day; of the next day on which a duty begins when none does on that one."""
    if not roster.duties(moment.astimezone(roster.zone).date()) and (starts := roster.next_start(moment)):
        return _end_of(starts, roster)
    return _end_of(moment, roster)


def _end_of(moment: datetime, roster: Roster) -> datetime:
    """The last moment of the calendar day in the roster's zone."""
    local = moment.astimezone(roster.zone)
    return datetime.combine(local.date() + DAY, time(), tzinfo=roster.zone)
