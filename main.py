"""备案助手: with no argument the window, with a sub-command the same work from a script."""

import sys

from wizard.command_line import program


def main() -> int:
    """Run the program; the exit code is 0 done, 1 an 错误 was found, 2 the input cannot be used."""
    return program.run(sys.argv[1:])


if __name__ == "__main__":
    raise SystemExit(main())
