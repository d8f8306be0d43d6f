"""备案助手: with no argument the window, with a sub-command the same work from a script."""

import sys


def main(arguments: list[str]) -> int:
    """Run the program; the exit code is 0 done, 1 an 错误 was found, 2 the input cannot be used."""
    if not arguments:
        from ui import app

        return app.run()
    if arguments[0] == "demo":
        from ui import demo

        return demo.run(arguments[1:])
    if arguments[0] == "--read-worker":  # the reader's worker, where the program is one file
        from wizard.intake import worker

        worker.main()
        return 0
    from wizard.command_line import program

    return program.run(arguments)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
