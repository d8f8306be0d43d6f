"""Filling pages from top to bottom: text, headings, and a new page when one is full."""

from wizard.packet.lines import split
from wizard.packet.page import Entry, Jump, Mark, Page, Rule, Text
from wizard.packet.paper import ACCENT, BOTTOM, HAIR, LEAD, LEFT, PART, RIGHT, TOP, WIDTH, Style


class Flow:
    """The pages of one part. `y` is where the next thing goes."""

    def __init__(self, part: str, target: str) -> None:
        self.part = part
        self.pages: list[Page] = []
        self.entries: list[Entry] = [Entry(part, target)]
        self.turn()
        self.pages[0].targets[target] = 0.0

    @property
    def page(self) -> Page:
        """The page being filled."""
        return self.pages[-1]

    @property
    def room(self) -> float:
        """What is left of the page."""
        return BOTTOM - self.y

    @property
    def fresh(self) -> bool:
        """Whether nothing stands on the page yet."""
        return self.y == TOP

    def turn(self) -> None:
        """Begin a new page."""
        self.pages.append(Page(self.part))
        self.y = TOP

    def need(self, height: float) -> None:
        """Begin a new page unless `height` is left on this one."""
        if height > self.room and not self.fresh:
            self.turn()

    def put(self, *marks: Mark) -> None:
        """Put marks on the page where they say."""
        self.page.marks.extend(marks)

    def gap(self, height: float) -> None:
        """Leave some space, but none at the top of a page."""
        if not self.fresh:
            self.y += height

    def rule(self, after: float = 0.0) -> None:
        """A hairline over the whole width."""
        self.put(Rule(LEFT, self.y, RIGHT, self.y, HAIR))
        self.y += after

    def target(self, name: str) -> None:
        """Let links that name `name` lead here."""
        self.page.targets[name] = self.y

    def entry(self, title: str, name: str) -> None:
        """The same, with a line of its own in the outline and the 目录."""
        self.target(name)
        self.entries.append(Entry(title, name, 1))

    def write(self, text: str, style: Style, x: float = LEFT, width: float = WIDTH, jump: str = "") -> None:
        """A text, in as many lines and pages as it takes."""
        for line in split(text, width, style.width):
            self.need(style.leading)
            self.line(line, style, x, jump)

    def line(self, line: str, style: Style, x: float = LEFT, jump: str = "") -> None:
        """One line that is known to fit."""
        if line.strip():
            self.put(Text(x, style.baseline(self.y), line, style))
            if jump:
                self.put(Jump(x, self.y, style.width(line), style.leading, jump))
        self.y += style.leading

    def heading(self, lead: str = "") -> None:
        """The name of the part, large, and a sentence that says what it is for."""
        self.line(self.part, PART)
        self.y += 3
        self.put(Rule(LEFT, self.y, LEFT + 28, self.y, ACCENT, 1.6))
        self.y += 7
        if lead:
            self.write(lead, LEAD)
        self.y += 7
