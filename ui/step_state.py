"""How each step of the wizard stands: what is missing, wrong or doubtful on its page."""

from ui.case import Case
from ui.pages import page_of
from ui.step_words import NOT_BEGUN, StepState, open_state
from wizard.check.run import Report
from wizard.finding import Finding


def is_missing(finding: Finding) -> bool:
    """Whether a finding only says that an answer is still to come."""
    return finding.rule.startswith("required.")


def still_to_do(report: Report) -> str:
    """What is still to do, as people count it: 还差 4 项资料、2 处问题; empty where nothing is."""
    missing = sum(map(is_missing, report.findings))
    wrong = report.errors - missing
    parts = [f"还差 {missing} 项资料"] if missing else []
    return "、".join([*parts, f"{wrong} 处问题"] if wrong else parts)


def state_of(page_id: str, case: Case) -> StepState:
    """The state of one page, from the report of the case."""
    report = case.report
    if report is None or not (case.visited or case.draft.answers or case.draft.attachments):
        return NOT_BEGUN
    if page_id == "check":
        return open_state(*_counts(report.findings))
    if page_id == "export":
        return StepState("○", "可以导出草稿" if report.errors else "可以导出正式材料包", "")
    used = (*case.draft.answers, *case.draft.attachments, *case.visited)
    if not any(page_of(field) == page_id for field in used):
        return NOT_BEGUN
    here = [f for f in report.findings if any(page_of(field) == page_id for field in f.fields)]
    return open_state(*_counts(here))


def _counts(findings: list[Finding] | tuple[Finding, ...]) -> tuple[int, int, int]:
    """How many answers are missing, how many wrong, how many doubtful."""
    missing = sum(map(is_missing, findings))
    errors = sum(f.severity == "error" for f in findings) - missing
    return missing, errors, sum(f.severity == "warning" for f in findings)
