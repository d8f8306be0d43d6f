"""A rejection noted in one case of the library is told in the next case like it."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.tracking.cases import at
from wizard.draft import load
from wizard.resource_files import path
from wizard.tracking.record import with_event

SAMPLE = replace(load(path("samples", "company.json")), attachments={}, place={}, folder=Path("nowhere"))
SAID = "客户库里有 1 个北京市的企业案件曾因“通讯地址没到门牌号”被驳回"


@pytest.fixture
def window(with_library):
    return with_library(lambda library: [library.cases.new(SAMPLE) for _ in range(2)])


def note(case, kind, when, **values):
    case.draft = with_event(case.draft, kind, at(when), at(when), values)
    case.changed()
    case.save()


def told(window):
    return [one for one in window.case.report.findings if one.rule == "library.lesson"]


def test_the_next_case_like_it_is_told(window, qtbot):
    window.room.open_case(1)
    qtbot.waitUntil(lambda: window.room.lessons._number() == 1, timeout=10_000)
    note(window.case, "submitted", "2026-11-20")
    note(window.case, "review_rejected", "2026-11-23", rejection="通讯地址未填写到门牌号")
    kept = window.room.session.library.settings
    qtbot.waitUntil(lambda: bool(kept.get("lessons")), timeout=10_000)
    window.room.open_case(2)
    qtbot.waitUntil(lambda: window.room.lessons._number() == 2, timeout=10_000)
    qtbot.waitUntil(lambda: bool(told(window)), timeout=10_000)
    (finding,) = told(window)
    assert finding.message == SAID
    assert finding.severity == "note"


def test_it_is_told_again_after_a_new_start_and_not_in_the_case_itself(window, qtbot):
    library = window.room.session.library
    library.settings.put("lessons", [["R08", "北京市", "企业", 1, "2026-11-23"]])
    window.room.lessons._came()
    window.room.open_case(2)
    qtbot.waitUntil(lambda: bool(told(window)), timeout=10_000)
    window.room.open_case(1)
    qtbot.waitUntil(lambda: window.room.lessons._number() == 1, timeout=10_000)
    qtbot.waitUntil(lambda: not told(window), timeout=10_000)


def test_a_library_without_lessons_tells_nothing(window, qtbot):
    window.room.open_case(2)
    qtbot.waitUntil(lambda: window.room.lessons._number() == 2, timeout=10_000)
    assert not told(window)
