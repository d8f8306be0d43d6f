"""Cases that are being followed, for the tests of this room."""

from datetime import datetime

from wizard.draft import Draft
from wizard.tracking.following import Following
from wizard.tracking.record import record_of, with_event
from wizard.tracking.timeline import BEIJING

NUMBERS = {"service_icp_number": "京ICP备2026012345号-1X", "subject_icp_number": "京ICP备2026012345号"}


def at(text: str) -> datetime:
    """`2026-11-25` or `2026-11-25 10:30`, Beijing time."""
    return datetime.fromisoformat(text).replace(tzinfo=BEIJING)


def a_draft(**answers: str) -> Draft:
    """A draft of 北京 with a few answers more; `__` stands for the dot of a field's id."""
    typed = {"subject.province": "北京市", "mini_program.name": "绿柠檬便民工具"}
    return Draft(answers=typed | {key.replace("__", "."): text for key, text in answers.items()})


def followed(*steps: tuple, draft: Draft | None = None) -> Draft:
    """A draft with events, each noted when it happened: kind, time, and what was entered."""
    draft = draft or a_draft()
    for kind, when, *values in steps:
        draft = with_event(draft, kind, at(when), at(when), *values)
    return draft


def stands(draft: Draft) -> Following:
    """Where it stands."""
    return record_of(draft).following
