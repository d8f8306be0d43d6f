"""How each step of the wizard stands: what is missing, wrong or doubtful on its page."""

from ui.case import Case
from ui.pages import page_of
from ui.step_words import NOT_BEGUN, StepState, open_state


def state_of(page_id: str, case: Case) -> StepState:
    """The state of one page, from the report of the case."""
    report = case.report
    if report is None:
        return NOT_BEGUN
    if not (case.draft.answers or case.draft.attachments):
        return NOT_BEGUN
    if page_id == "check":
        missing = sum(f.rule.startswith("required.") for f in report.findings)
        return open_state(missing, report.errors - missing, report.warnings)
    if page_id == "export":
        return StepState("○", "可以导出草稿" if report.errors else "可以导出正式材料包", "")
    here = [f for f in report.findings if any(page_of(field) == page_id for field in f.fields)]
    used = (*case.draft.answers, *case.draft.attachments, *case.visited)
    if not any(page_of(field) == page_id for field in used):
        return NOT_BEGUN
    missing = sum(f.rule.startswith("required.") for f in here)
    errors = sum(f.severity == "error" for f in here) - missing
    return open_state(missing, errors, sum(f.severity == "warning" for f in here))
