"""材料清单: what this filing needs, worked out from its answers, what is there and where it stands."""

from collections.abc import Iterable, Mapping, Sequence

from wizard.packet.flow import Flow
from wizard.packet.items import PROVIDED, Item, problems
from wizard.packet.paper import GROUP, ITEM, ITEM_STRONG, NOTE, SMALL, SMALL_STRONG, WIDTH
from wizard.packet.pictures import Picture
from wizard.packet.table import Cell, Column, Row, Run, Table, cell

TARGET = "checklist"
_COLUMNS = (
    Column(24, "序"),
    Column(WIDTH - 24 - 132 - 114 - 58 - 28, "材料"),
    Column(132, "要求"),
    Column(114, "形式"),
    Column(58, "状态"),
    Column(28, "页", right=True),
)
_PAD = 3.4


def checklist(listed: Sequence[Item], pictures: Mapping[str, Picture], pages: Mapping[str, int]) -> Flow:
    """The list of papers; `pages` tells where each stands."""
    flow = Flow("材料清单", TARGET)
    needed = [item for item in listed if item.wanted]
    others = [item for item in listed if not item.wanted]
    there = sum(item.whole(pictures) for item in needed)
    flow.heading(f"按这次填写的内容算出。需要 {len(needed)} 份，已备齐 {there} 份。")
    flow.line("这次需要的材料", GROUP)
    flow.gap(3)
    Table(flow, _COLUMNS, _PAD).print(_rows(needed, pictures, pages, 1))
    if others:
        flow.gap(12)
        rows = _rows(others, pictures, pages, len(needed) + 1)
        Table(flow, _COLUMNS, _PAD).titled("要求时才需要，或由平台提供", rows)
    flow.gap(8)
    flow.write(
        "原件用彩色照片或彩色扫描件，四角齐全、没有反光和遮挡；复印件、黑白件和屏幕翻拍会被退回。", NOTE
    )
    return flow


def _rows(
    listed: Sequence[Item], pictures: Mapping[str, Picture], pages: Mapping[str, int], first: int
) -> Iterable[Row]:
    for number, item in enumerate(listed, first):
        target = item.target
        yield Row(
            (
                cell(str(number), NOTE),
                cell(item.title, ITEM, target),
                cell(f"{item.need}：{item.why}" if item.why else item.need, SMALL),
                cell(item.form, SMALL),
                _state(item, pictures, to_sign=item.letter in pages),
                cell(str(pages.get(target, "")) or "—", SMALL, target),
            )
        )


def _state(item: Item, pictures: Mapping[str, Picture], *, to_sign: bool) -> Cell:
    if item.sheets:
        if any(problems(item, pictures)):
            return Cell((Run("打不开", SMALL_STRONG),), check=False)
        count = len(item.sheets)
        return Cell((Run("已备" if count == 1 else f"已备 {count} 份", SMALL),), check=True)
    if item.wanted:
        runs = (Run("缺", ITEM_STRONG), *[Run("待签", SMALL)] * to_sign)
        return Cell(runs, check=False)
    if to_sign:
        return Cell((Run("待签", SMALL),), check=False)
    return cell("不用备", NOTE) if item.need == PROVIDED else Cell((Run("未附", NOTE),), check=False)
