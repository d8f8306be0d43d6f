"""Which editor goes with which kind of answer: the only place that knows both."""

from collections.abc import Callable

from ui.editors import CheckEditor, ComboEditor, Editor, LineEditor, RadioEditor, TextEditor
from ui.group_editor import RowsEditor, SeveralEditor
from wizard import numbers
from wizard.kind import Kind
from wizard.types import Choice, Line, Number, NumberBy, PersonalNumber, Place, Rows, Several

GROUPED = {"uscc", "ric", "hmt_residence", "foreign_pr", "mobile", "org_code"}
FEW = 4


def editor_for(kind: Kind, field_id: str, label: str) -> Editor:
    """The editor for answers of `kind`."""
    match kind:
        case Choice() if field_id.endswith(".same_as_principal"):
            return CheckEditor(label)
        case Choice():
            labels = tuple(item.label for item in kind.items())
            return RadioEditor(labels) if len(labels) <= FEW else ComboEditor(labels)
        case Place():
            return ComboEditor((), editable=True)
        case Several():
            return SeveralEditor(kind)
        case Rows():
            return RowsEditor(kind)
        case Line() if kind.lines:
            return TextEditor()
        case Number() if kind.name in GROUPED:
            return LineEditor(numbers.kind(kind.name).format)
        case NumberBy():
            return LineEditor(_grouping(kind.default))
        case PersonalNumber():
            return LineEditor(_grouping("ric"))
        case _:
            return LineEditor()


def _grouping(name: str) -> Callable[[str], str]:
    """Groups 18 characters as that kind does; the number of another certificate is shown as it is."""
    module = numbers.kind(name)
    return lambda text: module.format(text) if len(module.compact(text)) == 18 else text
