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
    if arguments[0] in ("--read-worker", "--packet-worker", "--batch-worker"):
        work(arguments[0])  # a worker, where the program is one file
    if arguments[0] == "--caretaker":  # that of a folder of attachments, there
        from wizard.library import caretaker

        caretaker.main(arguments[1])
        return 0
    from wizard.command_line import program

    return program.run(arguments)


def work(flag: str) -> NoReturn:
    """Be one of the program's own workers: that reads scans, makes packets, or is a lane of a batch."""
    if flag == "--read-worker":
        from wizard.intake import worker as reading

        reading.main()
    if flag == "--batch-worker":
        from wizard.batch import worker as lane

        lane.main()
    from wizard.packet import worker as packing

    packing.main()


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
