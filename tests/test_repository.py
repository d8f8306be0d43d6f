"""The tree itself: sources named, rooms small, nothing of one machine, nothing left undone."""

import ast
import re
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
RESOURCES = ROOT / "resources"

FILE_LINES = 300
FUNCTION_LINES = 40

# Put together from halves, so that this file does not hold what it looks for.
MACHINE_PATHS = ["/ro" + "ot/", "/ho" + "me/", "/Us" + "ers/", "/wo" + "rk/", "C:\\Us" + "ers"]
PACKAGE_HOSTS = [
    "py" + "pi.org",
    "pythonhos" + "ted.org",
    "npm" + "js.org",
    "npm" + "js.com",
    "deb.deb" + "ian.org",
]
UNDONE = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|X" + r"XX)\b")


def tracked() -> list[str]:
    """The files of the project: those git knows, and those about to be added."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    return sorted({name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()})


def texts() -> dict[str, str]:
    found = {}
    for name in tracked():
        data = (ROOT / name).read_bytes()
        if b"\0" not in data[:8192]:
            found[name] = data.decode("utf-8")
    return found


def sources() -> dict[str, ast.Module]:
    """Every module of the program, parsed; tests are not among them."""
    return {
        name: ast.parse((ROOT / name).read_text(encoding="utf-8"))
        for name in tracked()
        if name.endswith(".py") and not name.startswith("tests/")
    }


def test_there_is_something_to_judge():
    assert len(tracked()) > 30
    assert any(name.startswith("wizard/") for name in sources())


def test_every_resource_names_its_source():
    words = set(re.findall(r"[\w./-]+", (RESOURCES / "SOURCES.md").read_text(encoding="utf-8")))
    files = {name.removeprefix("resources/") for name in tracked() if name.startswith("resources/")} - {
        "SOURCES.md"
    }
    assert files
    unnamed = [
        name
        for name in sorted(files)
        if name not in words and not any(f"{folder.as_posix()}/" in words for folder in Path(name).parents)
    ]
    assert not unnamed, f"name these, or their folder, in resources/SOURCES.md: {unnamed}"


@pytest.mark.parametrize("needles", [MACHINE_PATHS, PACKAGE_HOSTS], ids=["paths", "hosts"])
def test_nothing_of_one_machine(needles: list[str]):
    hits = [f"{name}: {needle}" for name, text in texts().items() for needle in needles if needle in text]
    assert not hits, f"these hold only on the machine they were written on: {hits}"


def test_nothing_left_undone():
    hits = [f"{name}: {found.group()}" for name, text in texts().items() for found in UNDONE.finditer(text)]
    assert not hits, f"finish it, or open an issue: {hits}"


def test_rooms_are_small():
    code = set(sources())
    large = {name: text.count("\n") for name, text in texts().items() if name in code}
    large = {name: lines for name, lines in large.items() if lines > FILE_LINES}
    assert not large, f"more than {FILE_LINES} lines; which two things is each of these? {large}"


def test_functions_are_short():
    long = {
        f"{name}:{node.lineno} {node.name}": node.end_lineno - node.lineno + 1
        for name, tree in sources().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno
    }
    long = {where: lines for where, lines in long.items() if lines > FUNCTION_LINES}
    assert not long, f"more than {FUNCTION_LINES} lines: {long}"


def test_every_module_says_what_it_is_for():
    silent = [name for name, tree in sources().items() if not ast.get_docstring(tree)]
    assert not silent, f"no docstring at the top: {silent}"


def test_what_is_pinned_is_locked_and_noticed():
    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    lines = {
        name: (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
        for name in ("run", "test", "lock")
    }
    locked = {name: dict(re.findall(r"^([\w.-]+)==([^\s;]+)", text, re.M)) for name, text in lines.items()}

    def behind(group: list[str], lock: dict[str, str]) -> list[str]:
        pins = (pin.split("==") for pin in group)
        return [name for name, version in pins if lock.get(name.lower().replace("_", "-")) != version]

    assert not behind(wanted["project"]["dependencies"], locked["run"]), "run `make lock`"
    for group in ("test", "lock"):
        assert not behind(wanted["dependency-groups"][group], locked[group]), "run `make lock`"
    assert locked["run"].items() <= locked["test"].items(), "the tests run on other versions than the program"

    noticed = set(re.findall(r"[\w.-]+", (ROOT / "NOTICE.md").read_text(encoding="utf-8")))
    unnoticed = {name for lock in locked.values() for name in lock} - noticed
    assert not unnoticed, f"name these with their licence in NOTICE.md: {unnoticed}"
