"""The samples: the good ones give no 错误 on any later day, each faulty one exactly its planted faults."""

import json
from datetime import date

import pytest

from tests.check.drafts import ON, sample
from wizard.check.rulebook import national
from wizard.check.run import Report, self_check
from wizard.draft import attached
from wizard.intake.guard import measure_all
from wizard.resource_files import path

GOOD = ["company", "individual_business", "person"]
PLANTED = {
    "company_faulty": {
        "uscc.check-digit",
        "place.address-repeats-region",
        "people.mobile-differs",
        "letters.too-old",
        "picture.too-small",
    },
    "individual_business_faulty": {
        "place.region-matches-certificate",
        "people.emergency-differs",
        "people.certificate-expired",
        "program.name-says-program",
        "program.comment-trial",
        "people.administrator",
    },
    "person_faulty": {
        "individual.name-is-principal",
        "individual.program-name",
        "individual.service-content",
        "approval.document",
        "program-remark.too-short",
        "picture.both-sides",
    },
}


def checked(name: str, on: date = ON) -> Report:
    draft = sample(name)
    return self_check(draft, on, measure_all(draft))


def national_findings(report: Report, *severities: str) -> set[str]:
    """What is said everywhere: a province may add to it."""
    everywhere = {rule.id for rule in national().rules}
    return {
        one.rule
        for one in report.findings
        if one.severity in severities and (one.rule in everywhere or one.confidence is None)
    }


@pytest.mark.parametrize(
    "on", [ON, date(2027, 6, 1), date(2029, 2, 28), date(2033, 12, 31), date(2037, 12, 31)]
)
@pytest.mark.parametrize("name", GOOD)
def test_a_good_sample_has_no_error_on_any_later_day(name, on):
    report = checked(name, on)
    assert [one.message for one in report.findings if one.severity == "error"] == []
    assert not national_findings(report, "warning")


@pytest.mark.parametrize("name", PLANTED)
def test_a_faulty_sample_has_exactly_its_faults(name):
    report = checked(name)
    assert national_findings(report, "error", "warning") == PLANTED[name]
    errors = {one.rule for one in report.findings if one.severity == "error"}
    assert errors <= PLANTED[name]
    assert report.blocked


@pytest.mark.parametrize("name", PLANTED)
def test_a_faulty_sample_names_its_faults(name):
    note = json.loads(path("samples", f"{name}.json").read_text(encoding="utf-8"))["note"]
    assert len(note) == 1 + len(PLANTED[name])


@pytest.mark.parametrize("name", [*GOOD, *PLANTED])
def test_every_attachment_is_there(name):
    draft = sample(name)
    assert all(draft.file(file).is_file() for _, file in attached(draft))


@pytest.mark.parametrize("name", [*GOOD, *PLANTED])
def test_every_needed_answer_is_given(name):
    assert not [one.message for one in checked(name).findings if one.rule.startswith("required.")]
