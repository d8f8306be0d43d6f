"""Private values as sentences may show them: enough to recognise, not enough to use."""


def masked(text: str) -> str:
    """A telephone number, a certificate number or an e-mail address with its middle covered.

    13800005678 becomes 138****5678, a resident ID 110***********1234, a@b.cn a***@b.cn.
    """
    name, at, host = text.partition("@")
    if at:
        return f"{name[:1]}***@{host}"
    head, tail = (4, 2) if len(text) < 10 else (3, 4)
    if len(text) <= head + tail:
        return f"{text[:1]}***"
    hidden = "".join("-" if char == "-" else "*" for char in text[head:-tail])
    return f"{text[:head]}{hidden}{text[-tail:]}"
