"""备案助手: with no argument the window, with a sub-command the same work from a script."""

import sys
from typing import NoReturn


def main(arguments: list[str]) -> int:
    """Run the program; the exit code is 0 done, 1 an 错误 was found, 2 the input cannot be used."""
    if not arguments:
        from ui import app

        return app.run()
    if arguments[0] == "demo":
        from ui import demo

        return demo.run(arguments[1:])
    if arguments[0] in ("--read-worker", "--packet-worker"):  # a worker, where the program is one file
        work(arguments[0])
    if arguments[0] == "--caretaker":  # that of a folder of attachments, there
        from wizard.library import caretaker

        caretaker.main(arguments[1])
        return 0
    from wizard.command_line import program

    return program.run(arguments)


def work(flag: str) -> NoReturn:
    """Be one of the program's own workers: the one that reads scans, or the one that makes packets."""
    if flag == "--read-worker":
        from wizard.intake import worker as reading

        reading.main()
    from wizard.packet import worker as packing

    packing.main()


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
