"""`main.py figures`: filings by state, days per stage, reasons for rejection, how many pass at once."""

import argparse
import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from wizard.command_line.program import day, now, today
from wizard.command_line.secrets_given import add_secrets, folder_of, secret_of
from wizard.files import FileProblem

if TYPE_CHECKING:
    from wizard.tracking.figures import Figures, Tally


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("files", type=Path, nargs="*", metavar="草稿", help="草稿（.json）；不写就统计客户库")
    add_secrets(parser)
    parser.add_argument("--since", type=day, metavar="日期", help="只数这一天和以后首次提交的")
    parser.add_argument("--until", type=day, metavar="日期", help="只数这一天和以前首次提交的")
    parser.add_argument("--on", type=day, metavar="日期", help="统计到哪一天，默认今天")
    parser.add_argument("-o", "--out", type=Path, metavar="文件", help="写成 .pdf 或 .xlsx")
    parser.add_argument("--json", action="store_true", help="输出 JSON")


def run(args: argparse.Namespace) -> int:
    """Count and say so; 0 all was counted, 2 a file cannot be used (the others are counted).

    Raises:
        FileProblem: the library cannot be opened, or the file could not be written.
    """
    from wizard.counting import write
    from wizard.freeze import PROGRAM
    from wizard.tracking.calendar import Calendar
    from wizard.tracking.figures import Tally
    from wizard.user_folder import holidays_folder

    tally = Tally(Calendar.load(holidays_folder()), args.on or today(), args.since, args.until)
    wrong = _count(args, tally)
    figures = tally.figures()
    if args.out:
        write(args.out, figures, now().replace(microsecond=0), PROGRAM)
    if args.json:
        print(json.dumps(_document(figures), ensure_ascii=False, indent=1, default=str))
    else:
        print("\n".join(_lines(figures)))
        if args.out:
            print(f"已写到 {args.out}")
    return 2 if wrong else 0


def _count(args: argparse.Namespace, tally: "Tally") -> bool:
    """Count what is named; whether a file could not be used."""
    from wizard.counting import count_files, count_library
    from wizard.draft import load

    if not args.files:
        from wizard.library import place
        from wizard.library.records import Query

        with place.unlock(folder_of(args), app="命令行", **secret_of(args)) as library:
            count_library(tally, library, Query(where=None))
        return False
    wrong = False
    for file in args.files:
        try:
            count_files(tally, [load(file)])
        except FileProblem as problem:
            wrong = True
            print(problem, file=sys.stderr)
    return wrong


def _lines(figures: "Figures") -> Iterator[str]:
    from wizard.counting import charts_of
    from wizard.tracking.charts import rate, whole

    yield whole(figures)
    yield rate(figures)
    for chart in charts_of(figures):
        yield f"\n{chart.title}（{chart.lead}）"
        for bar in chart.bars:
            yield f"  {bar.title}　{bar.said}"


def _document(figures: "Figures") -> dict[str, object]:
    return {"format": "beian-figures", "version": 1, **asdict(figures), "rate": figures.rate}
