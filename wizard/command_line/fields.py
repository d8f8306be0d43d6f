"""`main.py fields`: the field catalogue, every field of a filing."""

import argparse
import json
from typing import Any

from wizard.catalogue import code_set
from wizard.fields import Field
from wizard.sections import SECTIONS, section_fields, when_asked
from wizard.types import Choice, Several


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("--json", action="store_true", help="输出 JSON")


def run(args: argparse.Namespace) -> int:
    """Print every field in the order of the form."""
    if args.json:
        fields = [_record(field) for section in SECTIONS for field in section_fields(section.id)]
        document = {"format": "beian-fields", "version": 1, "fields": fields}
        print(json.dumps(document, ensure_ascii=False, indent=1))
        return 0
    for section in SECTIONS:
        print(f"【{section.title}】")
        for field in section_fields(section.id):
            print(f"  {field.label}　{field.id}　{'选填' if field.ask.optional else '必填'}")
            if field.when:
                print(f"    　什么时候填：{when_asked(field)}")
            if field.ask.help:
                print(f"    　{field.ask.help}")
        print()
    return 0


def _record(field: Field) -> dict[str, Any]:
    record: dict[str, Any] = {
        "id": field.id,
        "section": field.section.title,
        "label": field.label,
        "heading": field.heading,
        "type": field.kind.name,
        "when": {field_id: list(answers) for field_id, answers in field.when.items()},
        "required": not field.ask.optional,
        "private": field.ask.private,
        "help": field.ask.help,
    }
    if isinstance(field.kind, (Choice, Several)):
        listed = code_set(field.kind.code_set)
        record |= {"choices": list(listed.labels()), "choices_complete": listed.complete}
    return record
