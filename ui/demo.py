"""`main.py demo`: the whole job on the bundled sample, in the real window, with a picture of each page."""

import argparse
import os
import shutil
import sys
from datetime import date
from pathlib import Path

OUT = "out"
ON = date(2026, 11, 23)


def run(arguments: list[str]) -> int:
    """Run the demonstration; 0 when every step worked, else 1 and a sentence."""
    parser = argparse.ArgumentParser(
        prog="main.py demo", description="用内置样本走完全过程，保存每页截图和材料包"
    )
    parser.add_argument("out", nargs="?", default=OUT, type=Path, metavar="文件夹")
    out: Path = parser.parse_args(arguments).out.resolve()
    _without_display()
    from wizard.files import FileProblem

    try:
        out.mkdir(parents=True, exist_ok=True)
        return _demonstrate(out)
    except FileProblem as problem:
        print(problem, file=sys.stderr)
    except (OSError, LookupError) as error:
        print(f"演示没有走完：{error}", file=sys.stderr)
    return 1


def _without_display() -> None:
    shown = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    if sys.platform.startswith("linux") and not shown:
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def _quieted(kind: object, context: object, text: str) -> None:
    """What Qt has to say, but for what a screen that is not there cannot do."""
    if not text.startswith("This plugin does not support"):
        print(text, file=sys.stderr)


def _demonstrate(out: Path) -> int:
    from PySide6.QtCore import qInstallMessageHandler

    from ui.app import application
    from ui.demo_scans import scans
    from ui.demo_steps import Demo

    application()
    qInstallMessageHandler(_quieted)
    case = out / "案件"
    if case.exists():
        shutil.rmtree(case)
    case.mkdir()
    demo = Demo(out, case, ON)
    demo.fill()
    demo.check()
    paths = demo.export()
    demo.faulty()
    scans(demo)
    print("演示完成：")
    for path in (*sorted(out.glob("*.png")), *paths):
        print(f"  {path}")
    return 0
