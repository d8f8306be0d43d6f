"""The named checks a rule can call: each takes the case, the rule's fields, and by name what the rule gives.

A check yields a `Hit` for each thing it finds. Where an answer it needs is missing it finds nothing: that an
answer is missing is said elsewhere.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import cache

from wizard.check import dates, people, pictures, places, program, subjects
from wizard.check.case import Hit

Check = Callable[..., Iterator[Hit]]

CHECKS: Mapping[str, Check] = {
    check.__name__: check
    for check in (
        people.agree,
        people.begins,
        people.differ,
        people.differ_in_pairs,
        people.han_name,
        people.one_name_two_numbers,
        people.one_number_two_names,
        people.one_of,
        people.people_crossed,
        people.people_differ,
        people.same_person_twice,
        people.younger,
        dates.before,
        dates.before_birth,
        dates.ends_within,
        dates.in_future,
        dates.not_after,
        dates.older,
        dates.past,
        dates.signed_later,
        dates.since,
        dates.validity_span,
        places.lies_elsewhere,
        places.no_region,
        places.number_from_elsewhere,
        places.region_matches,
        places.repeats_region,
        subjects.always,
        subjects.at_least,
        subjects.certificate_fits,
        subjects.code_fits,
        subjects.filled,
        subjects.inner_blank,
        subjects.mixed_brackets,
        subjects.name_of_another_nature,
        subjects.over_quota,
        subjects.record_kind,
        subjects.record_province,
        subjects.record_subjects,
        program.contains,
        program.few_han,
        program.first_level,
        program.is_word,
        program.item_twice,
        program.item_without,
        program.lacks,
        program.like_domain,
        program.none_and_others,
        program.only_digits,
        program.only_latin,
        program.service_chosen,
        program.unlisted,
        program.unrelated_name,
        program.vague,
        program.word_without_item,
        pictures.heavier,
        pictures.lighter,
        pictures.other_format,
        pictures.same_file,
        pictures.sideways,
        pictures.smaller,
        pictures.unreadable,
    )
}


@cache
def named(name: str) -> Check | None:
    """The check of that name; those that only provinces and scans need are looked up when first asked for."""
    if name in CHECKS:
        return CHECKS[name]
    from wizard.check.province_checks import PROVINCE_CHECKS
    from wizard.check.scan_checks import SCAN_CHECKS

    return next((check for check in (*PROVINCE_CHECKS, *SCAN_CHECKS) if check.__name__ == name), None)
