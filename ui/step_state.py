"""How each step of the wizard stands: what is missing, wrong or doubtful on its page."""

from dataclasses import dataclass

from ui.case import Case
from ui.pages import page_of


@dataclass(frozen=True, slots=True)
class StepState:
    """How a step stands: a sign, a word, and the tone both are drawn in."""

    sign: str
    word: str
    tone: str


NOT_BEGUN = StepState("○", "未开始", "")
DONE = StepState("✓", "已完成", "ok")


def open_state(missing: int, errors: int, warnings: int) -> StepState:
    """The state of a step with so many answers missing, errors and warnings."""
    if errors:
        return StepState("✕", f"有 {errors} 处问题", "error")
    if missing:
        return StepState("◐", f"还差 {missing} 项", "")
    if warnings:
        return StepState("✓", f"已完成，{warnings} 处提醒", "warning")
    return DONE


def state_of(page_id: str, case: Case) -> StepState:
    """The state of one page, from the report of the case."""
    report = case.report
    if report is None:
        return NOT_BEGUN
    if page_id == "check":
        return StepState("✕", f"{report.errors} 处错误", "error") if report.errors else DONE
    if page_id == "export":
        return StepState("○", "可以导出草稿" if report.errors else "可以导出正式材料包", "")
    here = [f for f in report.findings if any(page_of(field) == page_id for field in f.fields)]
    used = (*case.draft.answers, *case.draft.attachments, *case.visited)
    if not any(page_of(field) == page_id for field in used):
        return NOT_BEGUN
    missing = sum(f.rule.startswith("required.") for f in here)
    errors = sum(f.severity == "error" for f in here) - missing
    return open_state(missing, errors, sum(f.severity == "warning" for f in here))
