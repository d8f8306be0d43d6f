from ui.app import input_method


def test_fcitx_is_reached_by_the_protocol_that_qt_brings_along():
    assert input_method({"QT_IM_MODULE": "fcitx"}) == {"QT_IM_MODULE": "ibus"}
    assert input_method({"XMODIFIERS": "@im=fcitx"}) == {"QT_IM_MODULE": "ibus"}


def test_what_the_person_has_set_otherwise_stays():
    assert input_method({"QT_IM_MODULE": "ibus"}) == {}
    assert input_method({"QT_IM_MODULE": "fcitx", "QT_IM_MODULES": "wayland;ibus"}) == {}
    assert input_method({}) == {}
