"""How sure the engine is of what it said."""

import pytest

from wizard.intake.engine import Said
from wizard.intake.proof import DOUBTFUL, LIKELY, plain
from wizard.intake.values import Value


@pytest.mark.parametrize(("letters", "sure"), [((0.99,) * 4, LIKELY), ((0.99, 0.99, 0.99, 0.62), DOUBTFUL)])
def test_one_doubtful_letter_makes_the_line_doubtful(letters, sure):
    said = Said("临溪巳市", 0.97, (0.1, 0.3, 0.5, 0.7), letters)
    assert plain(Value(said.text, said.sure, ())) == sure


def test_a_doubtful_bracket_does_no_harm():
    assert Said("市（", 0.97, (0.3, 0.7), (0.99, 0.2)).sure == 0.97
