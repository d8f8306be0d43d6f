"""The import law: one wall, one direction, one home for each package that is not ours.

The order of the rooms stands in pyproject.toml (`[tool.importlinter]`), for this test and lint-imports alike.
"""

import ast
import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from PIL import Image

ROOT = Path(__file__).resolve().parent.parent

# Where each third-party package lives. Somebody else who needs it asks its home, or the home moves.
HOMES = {
    "PySide6": {"ui"},
    "shiboken6": {"ui"},
    "pydantic": {"wizard.kind", "wizard.check"},
    "pydantic_core": {"wizard.kind"},
    "reportlab": {"wizard.packet"},
    "pikepdf": {"wizard.packet"},
    "uharfbuzz": {"wizard.packet"},
    "PIL": {"wizard.picture", "wizard.packet", "wizard.intake"},
    "pypdfium2": {"wizard.packet", "wizard.intake"},
    "pi_heif": {"wizard.intake"},
    "numpy": {"wizard.intake"},
    "cv2": {"wizard.intake"},
    "zxingcpp": {"wizard.intake"},
    "rapidocr": {"wizard.intake"},
    "onnxruntime": {"wizard.intake"},
    "python_calamine": {"wizard.intake"},
    "xlsxwriter": {"wizard.packet", "wizard.intake", "wizard.tracking"},
    "sqlcipher3": {"wizard.library"},
    "cryptography": {"wizard.library"},
    "keyring": {"wizard.library"},
    "email_validator": {"wizard.numbers"},
    "idna": {"wizard.numbers"},
    "tldextract": {"wizard.numbers"},
}

# What each command is asked to do here; a new command is added to one of the two.
OFFSCREEN_COMMANDS = {
    "check": ["check", "draft.json"],
    "export": ["export", "draft.json", "--draft", "-o", "packet.pdf"],
    "intake": ["intake", "clients.csv"],
    "batch": ["batch", "check", "draft.json", "clients.csv"],
    "identify": ["identify", "uscc", "91110115MA01QFMA2Y"],
    "read": ["read", "draft.png", "--json"],
    "fields": ["fields"],
    "deadlines": ["deadlines", "draft.json", "--ics", "dates.ics"],
    "follow": ["follow", "draft.json"],
    "changes": ["changes", "mini_program.name"],
    "figures": ["figures", "draft.json", "-o", "figures.xlsx"],
    "rejection": ["rejection", "通讯地址不详"],
    "rules": ["rules"],
    "library": ["library", "create", "--library", "library", "--passphrase-file", "draft.json"],
}
COMMANDS_WITH_QT = {"demo"}


class Import(NamedTuple):
    """One import: the file and line it stands in, that file's room, and the module asked for."""

    file: str
    line: int
    room: str
    module: str


def rows() -> list[list[set[str]]]:
    """The rooms inside wizard/, from the top row down; a row's cells do not know each other."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    law = next(contract for contract in settings["contracts"] if contract["id"] == "rooms")
    return [
        [{f"wizard.{room.strip(' ()')}" for room in cell.split(":")} for cell in row.split("|")]
        for row in law["layers"]
    ]


def sources() -> list[Path]:
    return [*ROOT.glob("main.py"), *sorted(ROOT.glob("ui/**/*.py")), *sorted(ROOT.glob("wizard/**/*.py"))]


def module_of(file: Path) -> str:
    return ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def room_of(module: str) -> str:
    """`wizard.packet` for `wizard.packet.build`; `ui` and `main` are one room each."""
    return ".".join(module.split(".")[: 2 if module.startswith("wizard.") else 1])


def is_module(name: str) -> bool:
    place = ROOT.joinpath(*name.split("."))
    return place.with_suffix(".py").is_file() or place.is_dir()


def modules_named(node: ast.Import | ast.ImportFrom, file: Path) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
        return
    package = file.relative_to(ROOT).parent.parts
    start = list(package[: len(package) - node.level + 1]) if node.level else []
    base = ".".join(start + ([node.module] if node.module else []))
    for alias in node.names:
        whole = f"{base}.{alias.name}"
        yield whole if is_module(whole) else base


def modules_named_late(node: ast.Call, file: Path) -> Iterator[str]:
    """The module in `import_module("ui.app")`, or the fixed beginning of an f-string there."""
    name = getattr(node.func, "attr", getattr(node.func, "id", ""))
    if name not in {"import_module", "__import__"} or not node.args:
        return
    argument = node.args[0]
    start = argument.values[0] if isinstance(argument, ast.JoinedStr) and argument.values else argument
    fixed = isinstance(start, ast.Constant) and isinstance(start.value, str)
    assert fixed, f"{file}:{node.lineno} imports a module whose name nobody can check"
    yield start.value.rstrip(".")


def imports() -> Iterator[Import]:
    for file in sources():
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            named: Iterator[str] = iter(())
            if isinstance(node, ast.Import | ast.ImportFrom):
                named = modules_named(node, file)
            elif isinstance(node, ast.Call):
                named = modules_named_late(node, file)
            for module in named:
                yield Import(file.relative_to(ROOT).as_posix(), node.lineno, room_of(module_of(file)), module)


def tell(broken: list[Import], rule: str, fix: str) -> str:
    lines = "\n".join(f"  {one.file}:{one.line} imports {one.module}" for one in broken)
    return f"\n{lines}\nrule: {rule}\nfix:  {fix}"


def test_there_is_something_to_judge():
    names = {file.relative_to(ROOT).as_posix() for file in sources()}
    assert {"main.py", "wizard/problem.py"} <= names, f"scanned the wrong place: {ROOT}"
    assert any(name.startswith("ui/") for name in names), "no file under ui/ was scanned"
    assert len(list(imports())) > 50, "the scan finds hardly any import: it is the scan that is broken"


def test_every_room_has_its_place():
    placed = {room for row in rows() for cell in row for room in cell} | {"main", "ui", "wizard"}
    homeless = {room_of(module_of(file)) for file in sources()} - placed
    assert not homeless, f"{homeless} stand in no row: add them to [tool.importlinter] in pyproject.toml"


def test_imports_point_downwards():
    depth = {
        room: (number, cell)
        for number, row in enumerate(rows())
        for cell in map(frozenset, row)
        for room in cell
    }
    upwards, sideways = [], []
    for one in imports():
        target = room_of(one.module)
        if one.room == target or one.room not in depth or target not in depth:
            continue
        (here, own_cell), (there, other_cell) = depth[one.room], depth[target]
        if there < here:
            upwards.append(one)
        elif there == here and own_cell != other_cell:
            sideways.append(one)
    assert not upwards, tell(
        upwards,
        "inside wizard/ imports point downwards",
        "hand the value in as a parameter, or move what both need into a lower room",
    )
    assert not sideways, tell(
        sideways,
        "library, packet, intake, check and tracking do not know each other",
        "let the window or the command line ask one room and pass a plain value to the other",
    )


def test_the_wall():
    through = [
        one for one in imports() if one.room.startswith("wizard") and room_of(one.module) in {"ui", "main"}
    ]
    assert not through, tell(
        through, "wizard/ knows nothing of the window", "return a value; ui/ asks for it and shows it"
    )
    back = [one for one in imports() if one.room != "main" and room_of(one.module) == "main"]
    assert not back, tell(back, "nothing imports main.py", "move what is needed into wizard/ or ui/")


def test_each_package_has_one_home():
    ours = {"main", "ui", "wizard", "__future__"}
    foreign = [one for one in imports() if one.module.split(".")[0] not in ours | sys.stdlib_module_names]
    strayed = [one for one in foreign if one.room not in HOMES.get(one.module.split(".")[0], set())]
    places = {package: sorted(homes) for package, homes in HOMES.items()}
    assert not strayed, tell(
        strayed,
        f"a third-party package lives in one place: {places}",
        "ask its home for a plain value; a new package gets its line in HOMES, pyproject.toml and NOTICE.md",
    )
    assert {one.module.split(".")[0] for one in foreign} >= {"PySide6", "reportlab"}, (
        "the scan missed packages"
    )


@pytest.fixture
def workplace(tmp_path: Path) -> Path:
    draft = {"format": "beian-draft", "version": 1, "answers": {"subject.type": "企业"}, "attachments": {}}
    (tmp_path / "clients.csv").write_text("主体名称,手机号码\n某公司,13800000101\n", encoding="utf-8")
    (tmp_path / "draft.json").write_text(json.dumps(draft, ensure_ascii=False), encoding="utf-8")
    Image.new("RGB", (60, 40)).save(tmp_path / "draft.png")
    return tmp_path


@pytest.mark.parametrize("command", OFFSCREEN_COMMANDS)
def test_command_imports_no_qt(command: str, workplace: Path):
    ran = subprocess.run(
        [sys.executable, "-X", "importtime", str(ROOT / "main.py"), *OFFSCREEN_COMMANDS[command]],
        cwd=workplace,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
    )
    loaded = {
        line.split("|")[-1].strip() for line in ran.stderr.splitlines() if line.startswith("import time:")
    }
    said = "\n".join(line for line in ran.stderr.splitlines() if not line.startswith("import time:"))
    assert ran.returncode in (0, 1), said
    assert "Traceback" not in said, said
    assert any(name.startswith("wizard.") for name in loaded), "the list of imports is not to be had"
    qt = sorted(name for name in loaded if name.split(".")[0] in {"PySide6", "shiboken6", "ui"})
    assert not qt, (
        f"{command} must work without Qt, but imports {qt[:5]}; import it inside the step that needs it"
    )


def test_every_command_is_tried():
    ran = subprocess.run(
        [sys.executable, str(ROOT / "main.py"), "--help"], capture_output=True, text=True, encoding="utf-8"
    )
    assert ran.returncode == 0, ran.stderr
    known = set(OFFSCREEN_COMMANDS) | COMMANDS_WITH_QT
    listed = set(re.findall(r"^ +([a-z][a-z-]*)  +\S", ran.stdout, re.MULTILINE))
    assert listed == known, f"main.py --help lists {sorted(listed)}; here are tried {sorted(known)}"
