"""备案号 that was granted: its form, whether it is a mini-program's, and whether the province gave it."""

from datetime import date

from wizard import districts, numbers
from wizard.draft import Draft
from wizard.messages import problem_text
from wizard.tracking.events import Event

SERVICE, SUBJECT = "service_icp_number", "subject_icp_number"
_WANTED = {SERVICE: "小程序", SUBJECT: "主体"}
_LABELS = {SERVICE: "小程序备案号", SUBJECT: "主体备案号"}


def number_problem(draft: Draft, event: Event) -> str:
    """What is wrong with the numbers an event brings, as one sentence; empty where nothing is."""
    if "numbers" not in event.kind.asks:
        return ""
    if not event.text(SERVICE):
        return "填写小程序备案号，例如 京ICP备2024012345号-1X"
    on = event.at.date()
    for name in (SERVICE, SUBJECT):
        if (text := event.text(name)) and (problem := number_doubt(draft, name, text, on)):
            return problem
    subject = event.text(SUBJECT)
    whole = numbers.kind("icp").describe(event.text(SERVICE), on)
    if subject and whole and numbers.kind("icp").format(subject) != whole["subject"]:
        return f"小程序备案号属于“{whole['subject']}”，和主体备案号不是同一个主体，照通知核对"
    return ""


def number_doubt(draft: Draft, name: str, text: str, on: date) -> str:
    """What is wrong with one number as it is typed; `name` is `SERVICE` or `SUBJECT`."""
    icp = numbers.kind("icp")
    verdict = icp.validate(text, on)
    if not verdict.valid:
        said = problem_text("icp", verdict.problems[0])
        return "；".join(filter(None, (said.message, said.fix)))
    known = icp.describe(text, on)
    if known["kind"] != _WANTED[name]:
        example = f"{known['subject']}-1X" if name == SERVICE else str(known["subject"])
        return f"{_LABELS[name]}填的是{known['kind']}的备案号，应当像“{example}”"
    chosen = districts.named(draft.text("subject.province")) if draft.text("subject.province") else None
    if chosen and chosen.name != known["province"]:
        return f"这个号是{known['province']}发的，备案省填的是{chosen.name}，核对号码或备案省"
    return ""


def number_told(text: str, on: date) -> str:
    """What a well-formed number tells: province and what is filed."""
    known = numbers.kind("icp").describe(text, on)
    return "，".join(str(known[key]) for key in ("province", "kind") if key in known)
