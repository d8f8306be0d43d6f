from datetime import date, timedelta

from wizard.check.rulebook import national
from wizard.check.run import OLD_AFTER, self_check
from wizard.draft import Draft


def said(on):
    return [
        f for f in self_check(Draft({"subject.province": "北京市"}), on).findings if f.rule == "rules.old"
    ]


def test_rules_that_were_looked_up_long_ago_say_so_once():
    last = national().checked + OLD_AFTER
    assert said(last) == []
    (finding,) = said(last + timedelta(days=1))
    assert finding.severity == "note"
    assert "181 天" in finding.message
    assert national().checked.isoformat() in finding.message


def test_a_day_before_they_were_looked_up_is_no_matter():
    assert said(date(2020, 1, 1)) == []
