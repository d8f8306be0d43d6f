"""What stands at a step: a sign, a word, a tone."""

from typing import NamedTuple


class StepState(NamedTuple):
    """How a step stands: a sign, a word, and the tone both are drawn in."""

    sign: str
    word: str
    tone: str


NOT_BEGUN = StepState("○", "未开始", "")
DONE = StepState("✓", "已完成", "ok")


def open_state(missing: int, errors: int, warnings: int) -> StepState:
    """The state of a step with so many answers missing, errors and warnings."""
    if errors:
        return StepState("×", f"有 {errors} 处问题", "error")
    if missing:
        return StepState("◐", f"还差 {missing} 项", "")
    if warnings:
        return StepState("✓", f"已完成，{warnings} 处提醒", "warning")
    return DONE
