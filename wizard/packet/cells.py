"""What every workbook made here has in common: what was typed stays text, whatever it looks like."""

from typing import Final

LONGEST: Final = 32_000
"""Characters that a cell takes: 32,767 in Excel, some of which its escapes may need."""

PLAIN: Final = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}
"""Made in memory; what looks like a formula, a number or an address is none."""
