import pytest

from ui.passphrase_hint import bits, hint


@pytest.mark.parametrize(
    "text", ["1", "123456", "12345678", "password", "aaaaaaaaaaaa", "abcdefgh", "woaini", "备案"]
)
def test_what_everybody_tries_first_is_called_so(text):
    assert hint(text).tone == "error"


@pytest.mark.parametrize("text", ["蓝鲸 台灯 西瓜 楼梯", "correct horse battery staple", "Tg7#kw!2mzQp9v"])
def test_several_words_are_strong(text):
    assert hint(text).tone == "ok"


def test_longer_is_never_weaker():
    for text in ("ab1", "蓝鲸台灯", "x9!k"):
        assert bits(text + "西瓜") > bits(text)
