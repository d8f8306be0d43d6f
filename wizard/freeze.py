"""Freezing a case for export: the one place that brings the rooms' results together in a snapshot."""

from collections.abc import Sequence
from datetime import datetime

from wizard.check.card import card
from wizard.check.materials import materials
from wizard.check.run import Report
from wizard.check.words import pointing_words
from wizard.draft import Draft
from wizard.packet.snapshot import Snapshot
from wizard.packet.versions import next_version, packet_number
from wizard.tracking.calendar import Calendar
from wizard.tracking.deadlines import stage_dates
from wizard.tracking.events import Event
from wizard.tracking.record import UNKNOWN, record_of
from wizard.tracking.stages import stages
from wizard.tracking.timeline import timeline, words
from wizard.user_folder import holidays_folder

PROGRAM = "备案助手 0.1.0"


def freeze(draft: Draft, report: Report, made_at: datetime, final: bool) -> Snapshot:
    """Everything a packet is made of, as it stands at `made_at`."""
    calendar = Calendar.load(holidays_folder())
    now = record_of(draft).following
    planned = report.reading.filing.progress.submitted_on or report.on
    line = stage_dates(now, calendar) or timeline(calendar, planned)
    return Snapshot(
        draft=draft,
        reading=report.reading,
        findings=report.findings,
        on=report.on,
        made_at=made_at,
        number=packet_number(made_at, draft),
        version=next_version(draft),
        final=final,
        rules=report.rules,
        program=PROGRAM,
        stages=stages(),
        materials=materials(report.reading),
        dates={dates.stage_id: words(dates) for dates in line},
        words=pointing_words(report.reading),
        card=card(report.reading, report.on, report.findings),
        changing=_changing(now.events),
        record=tuple(_line(event) for event in now.events if event.kind.act),
    )


def _changing(events: Sequence[Event]) -> tuple[str, ...]:
    """The fields that the last 变更 is about, as they were noted when it was begun."""
    fields = next((event.values["change"] for event in reversed(events) if event.values.get("change")), ())
    return tuple(fields) if isinstance(fields, (list, tuple)) else ()


def _line(event: Event) -> tuple[str, str, str, str]:
    """A line of 送审记录: the day, what was done, what came of it, the platform's own words."""
    day = "" if event.at == UNKNOWN else event.at.date().isoformat()
    why = " ".join(event.text("rejection").split()) or event.text("service_icp_number")
    return day, event.kind.act, event.kind.result, why
