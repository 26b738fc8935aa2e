"""Bytes to text by evidence."""

from __future__ import annotations

import pytest

from tasks.charset import decode
from warehouse.errors import Refusal

GERMAN = "Die Größe der Brücke überrascht den Bürgermeister; „Nord“ bleibt geschlossen. " * 3
RUSSIAN = "Мэрия закрыла мост во вторник после проверки, сообщили в городской администрации. " * 3
JAPANESE = "市は火曜日、検査の結果を受けて橋を閉鎖したと発表した。けが人はいない。" * 3


@pytest.mark.parametrize(
    ("text", "charset", "declared"),
    [
        (GERMAN, "utf-8", None),
        (GERMAN, "utf-8", "iso-8859-1"),
        (GERMAN, "cp1252", None),
        (GERMAN, "cp1252", "iso-8859-1"),
        (GERMAN, "utf-8-sig", None),
        (GERMAN, "utf-16", None),
        (GERMAN, "utf-16-le", None),
        (GERMAN, "utf-16-be", None),
        (GERMAN, "utf-32", None),
        (RUSSIAN, "cp1251", None),
        (RUSSIAN, "koi8-r", "koi8-r"),
        (JAPANESE, "shift_jis", "Shift_JIS"),
        (JAPANESE, "euc-jp", None),
    ],
)
def test_charsets(text: str, charset: str, declared: str | None) -> None:
    assert decode(text.encode(charset), declared) == text


def test_what_the_text_itself_declares_counts() -> None:
    page = f"<html><meta charset=koi8-r><p>{RUSSIAN}</p>"
    assert decode(page.encode("koi8-r")) == page


def test_damage_costs_only_itself() -> None:
    data = GERMAN.encode()
    assert decode(data[:20] + b"\xff\xfe\xfa" + data[20:]).replace("�", "") == GERMAN
    assert decode(b"caf\xc3\xa9 " * 200 + b"\xc3") == "café " * 200 + "�"


@pytest.mark.parametrize("declared", ["hex", "no-such-charset", "rot13", "undefined", "x" * 99])
def test_a_senseless_declaration_is_ignored(declared: str) -> None:
    assert decode(GERMAN.encode("cp1252"), declared) == GERMAN


def test_noise_is_refused() -> None:
    with pytest.raises(Refusal, match="undecodable"):
        decode(bytes(range(256)) * 20)
