"""The named checks of scans: looked up by rules that are loaded for drafts with scans only."""

from collections.abc import Callable, Iterator

from wizard.check import scan_papers as papers
from wizard.check import scans
from wizard.check.case import Hit

SCAN_CHECKS: tuple[Callable[..., Iterator[Hit]], ...] = (
    scans.code_on_scan,
    scans.day_on_scan,
    scans.ends_on_scan,
    scans.text_on_scan,
    scans.unchecked,
    scans.width_on_scan,
    papers.faults_of_picture,
    papers.illegible,
    papers.licence_of_another_nature,
    papers.lives_here,
    papers.other_document,
    papers.sides,
    papers.sides_of_two_ages,
    papers.sides_of_two_places,
)
