"""Freezing a case for export: the one place that brings the rooms' results together in a snapshot."""

from datetime import datetime

from wizard.check.card import card
from wizard.check.materials import materials
from wizard.check.run import Report
from wizard.check.words import pointing_words
from wizard.draft import Draft
from wizard.packet.snapshot import Snapshot
from wizard.packet.versions import next_version, packet_number
from wizard.tracking.calendar import Calendar
from wizard.tracking.stages import stages
from wizard.tracking.timeline import timeline, words
from wizard.user_folder import holidays_folder

PROGRAM = "备案助手 0.1.0"


def freeze(draft: Draft, report: Report, made_at: datetime, final: bool) -> Snapshot:
    """Everything a packet is made of, as it stands at `made_at`."""
    calendar = Calendar.load(holidays_folder())
    submitted = report.reading.filing.progress.submitted_on or report.on
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
        dates={dates.stage_id: words(dates) for dates in timeline(calendar, submitted)},
        words=pointing_words(report.reading),
        card=card(report.reading, report.on, report.findings),
    )
