"""The figures as charts: what the window draws, and what goes into the PDF and the workbook."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from wizard.tracking.figures import Counted, Figures, Took

MOST_REASONS: Final = 12


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: what it stands for, how long it is, and the number in words."""

    title: str
    value: float
    said: str


@dataclass(frozen=True, slots=True)
class Chart:
    """Some bars under a heading; `lead` says how they were counted."""

    title: str
    lead: str
    unit: str
    bars: Sequence[Bar]


def charts(figures: Figures, order: Sequence[str]) -> tuple[Chart, ...]:
    """The charts, each with a sentence where there is nothing to count; `order` is that of the states."""
    return (
        Chart("各状态的备案", _states_lead(figures), "个", _states(figures.states, order)),
        Chart("每个环节用了几天", _stages_lead(figures), "工作日", tuple(_stages(figures))),
        Chart("驳回的原因", _reasons_lead(figures), "次", _reasons(figures.reasons)),
    )


def whole(figures: Figures) -> str:
    """What was counted, in a sentence."""
    span = ""
    if figures.since or figures.until:
        begin = f"{figures.since} " if figures.since else ""
        span = f"{begin}至 {figures.until or figures.on} 首次提交的 "
    return f"{span}{figures.cases} 个备案，统计到 {figures.on}。只数办理记录，不含任何人的信息。"


def rate(figures: Figures) -> str:
    """How many passed at once, in words."""
    share = figures.rate
    if share is None:
        return "一次通过率：还没有结果"
    return f"一次通过率 {share:.0%}（{figures.decided} 个里 {figures.at_once} 个）"


def _states_lead(figures: Figures) -> str:
    return "每个备案现在到哪一步。" if figures.cases else "还没有备案。"


def _states(counted: Sequence[Counted], order: Sequence[str]) -> tuple[Bar, ...]:
    def place(one: Counted) -> int:
        return order.index(one.title) if one.title in order else len(order)

    return tuple(Bar(one.title, one.count, f"{one.count} 个") for one in sorted(counted, key=place))


def _stages_lead(figures: Figures) -> str:
    if not figures.stages:
        return "还没有走完的环节；提交以后在办理记录里记下每一步，这里就有数。"
    return "中位数，按工作日算，不含开始的当天；驳回后再提交的，每一次各算一次。"


def _stages(figures: Figures) -> Iterable[Bar]:
    for one in (*figures.stages, *([figures.whole] if figures.whole else [])):
        yield Bar(one.title, one.middle, _days(one))


def _days(one: Took) -> str:
    return f"{one.middle:g} 天，最长 {one.longest} 天"


def _reasons_lead(figures: Figures) -> str:
    if not figures.rejections:
        return "还没有驳回。"
    return f"共 {figures.rejections} 次驳回，一次可以有几个原因；认不出的单列。"


def _reasons(counted: Sequence[Counted]) -> tuple[Bar, ...]:
    shown = [Bar(one.title, one.count, f"{one.count} 次") for one in counted[:MOST_REASONS]]
    left = sum(one.count for one in counted[MOST_REASONS:])
    return (*shown, *([Bar("其他原因", left, f"{left} 次")] if left else []))
