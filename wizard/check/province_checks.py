"""The named checks that province files need beyond the nation's.

Most rows of a province name a check that holds everywhere: `younger` (age), `one_of` (a certificate or an
answer that is refused), `ends_within` (what must be left of a validity), `number_from_elsewhere` (身份证 of
another province, no proof of residence), `service_chosen`, `lacks`, `only_latin`, `always`, `filled`.
"""

from collections.abc import Callable, Iterator

from wizard.check import province_people as people
from wizard.check import province_words as words
from wizard.check.case import Hit

PROVINCE_CHECKS: tuple[Callable[..., Iterator[Hit]], ...] = (
    people.contains_answer,
    people.ends_between,
    people.id_of_province,
    people.past_retirement,
    people.phones_distinct,
    people.same_person_unless_legal,
    people.valid_no_longer,
    people.young_without_paper,
    words.address_same_city,
    words.has_word,
    words.paper_present,
    words.remark_at_least,
    words.remark_contains,
    words.word_without,
    words.words_need_paper,
    words.zone_elsewhere,
)
