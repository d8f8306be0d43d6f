"""The lines of the 材料清单: the materials worked out for the case, else the papers of the catalogue."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from wizard.days import written
from wizard.files import is_file
from wizard.packet.papers import REQUIRED, SOMETIMES, Paper, Sheet
from wizard.packet.pictures import Picture
from wizard.packet.protocols import Material
from wizard.packet.snapshot import Snapshot

PROVIDED = "平台提供"


@dataclass(frozen=True, slots=True)
class Item:
    """One line: what is wanted, how badly, in what form, why, and the files that are there for it.

    `letter` is the target of the letter in the packet that is to be signed for it, or empty.
    """

    title: str
    need: str
    form: str
    why: str
    sheets: tuple[Sheet, ...]
    wanted: bool
    letter: str = ""

    @property
    def target(self) -> str:
        """Where it stands in the packet: the first file, else the letter to be signed."""
        return self.sheets[0].target if self.sheets else self.letter

    def whole(self, pictures: Mapping[str, Picture]) -> bool:
        """Whether it is there and can be looked at."""
        return bool(self.sheets) and not any(problems(self, pictures))


def items(snapshot: Snapshot, papers: Sequence[Paper]) -> tuple[Item, ...]:
    """What the filing wants on paper, in the order of handing in; other attached papers come last."""
    if not snapshot.materials:
        return tuple(_of_paper(paper) for paper in papers)
    listed = [_of_material(each, papers) for each in snapshot.materials]
    known = {each.field for each in snapshot.materials}
    others = [_of_paper(paper) for paper in papers if paper.present and paper.field.id not in known]
    return (*listed, *(replace(other, wanted=False) for other in others))


def problems(item: Item, pictures: Mapping[str, Picture]) -> Iterable[str]:
    """What is wrong with its files; empty texts stand for those that are right."""
    for sheet in item.sheets:
        if sheet.target in pictures:
            yield pictures[sheet.target].problem
        elif not is_file(sheet.file):
            yield "找不到这个文件，重新添加"


def _of_paper(paper: Paper) -> Item:
    wanted = paper.need == REQUIRED or (paper.need == SOMETIMES and not paper.field.ask.optional)
    return Item(paper.title, paper.need, paper.form, paper.note, paper.sheets, wanted)


def _of_material(material: Material, papers: Sequence[Paper]) -> Item:
    sheets = [
        sheet
        for paper in papers
        if material.field and paper.field.id == material.field
        for sheet in paper.sheets
    ]
    form = "\n".join(_form(material))
    wanted = material.need == REQUIRED
    letter = f"letter-{material.letter}" if material.letter else ""
    return Item(material.name, material.need, form, material.why, tuple(sheets), wanted, letter)


def _form(material: Material) -> Iterator[str]:
    yield material.form if material.copies == 1 else f"{material.form} {material.copies} 份"
    if material.signs:
        yield f"签名：{material.signs}"
    if material.stamps:
        yield f"盖章：{material.stamps}"
    if material.signed_on:
        yield f"签署于 {written(material.signed_on)}"
    if material.valid_until:
        end = written(material.valid_until)
        yield "长期有效" if end == "长期" else f"有效期至 {end}"
