"""How often the encoding of a text is guessed right, by language, encoding and length.

`python benchmarks/encodings.py` compares what the program uses with further libraries, where
those are installed (`pip install chardet faust-cchardet chardetng-py`): the share of texts that
come out letter by letter as they were written.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import suppress
from importlib import import_module
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

Decode = Callable[[bytes], str]

LATIN_1 = "cp1252 iso8859_15 mac_roman cp850 cp437"
CENTRAL = "cp1250 iso8859_2 cp852"
CYRILLIC = "cp1251 koi8_r iso8859_5 cp866 mac_cyrillic"
TEXTS: dict[str, tuple[str, str]] = {
    "English": (
        LATIN_1,
        "The café on the corner serves soup until three o'clock. A bowl costs £4 and bread is free."
        " Chef Zoë says the secret is in the sauté pan. Guests may leave a note in the book by the"
        " door. On Sundays the façade is lit from eight in the evening.",
    ),
    "German": (
        LATIN_1,
        "Die Öffnungszeiten der Bücherei haben sich geändert. Für jedes verspätete Buch wird eine"
        " Gebühr fällig. Schüler zahlen die Hälfte, wenn sie einen Ausweis haben. Größere Räume"
        " können gemietet werden. Über die Straße führt eine schmale Brücke.",
    ),
    "French": (
        LATIN_1,
        "L'élève a oublié son cahier à la bibliothèque. La fenêtre du théâtre était déjà fermée."
        " Les reçus sont gardés pendant dix années. Où se trouve la clé de la chaudière ? Le maître"
        " d'hôtel a préparé un dîner très léger.",
    ),
    "Spanish": (
        LATIN_1,
        "El niño compró una lámpara pequeña en el almacén. La reunión será mañana a las diez."
        " ¿Dónde está la llave del jardín? Los años de garantía son cinco según el contrato. El"
        " camión llegó tarde a la estación.",
    ),
    "Swedish": (
        LATIN_1,
        "Nyckeln ligger på hyllan bredvid dörren. Båten går över sjön varje lördag. Vi måste också"
        " köpa fler ägg och smör. Räkningen är betald för hela året. Håll fönstren stängda när det"
        " blåser.",
    ),
    "Portuguese": (
        "cp1252 iso8859_15 mac_roman cp850",
        "A reunião começa às nove horas da manhã. Não há ninguém na estação. As crianças estão"
        " brincando no jardim do avô. O cartão de acesso é válido até o próximo mês. A informação"
        " está na última página.",
    ),
    "Polish": (
        CENTRAL,
        "Źródło rzeki leży wysoko w górach. Łódka płynie powoli, a dzieci się śmieją. Pociąg do"
        " Łodzi odjeżdża o świcie. Proszę zamknąć drzwi i zgasić światło. Książki można wypożyczyć"
        " na miesiąc.",
    ),
    "Czech": (
        CENTRAL,
        "Příliš žluťoučký kůň úpěl ďábelské ódy. Schůzka se koná v úterý dopoledne. Klíče leží na"
        " polici vedle dveří. Děti si hrají na zahradě za domem. Účet musí být zaplacen do konce"
        " měsíce.",
    ),
    "Hungarian": (
        CENTRAL,
        "A könyvtár hétfőtől péntekig tart nyitva. A késői visszavételért díjat kell fizetni."
        " Kérjük, csukja be az ajtót maga után. Az őszi vásár időpontja később lesz. A fűtési"
        " rendszert évente ellenőrizni kell.",
    ),
    "Croatian": (
        CENTRAL,
        "Ključ se nalazi na polici pokraj vrata. Čitaonica je otvorena svaki dan osim nedjelje."
        " Djeca plaćaju pola cijene. Račun treba platiti do kraja mjeseca. Vlak kreće u šest sati"
        " iz Osijeka, a stiže u Požegu.",
    ),
    "Russian": (
        CYRILLIC,
        "Библиотека открыта с понедельника по пятницу. За просроченные книги взимается плата. Ключ"
        " лежит на полке рядом с дверью. Дети играют в саду за домом. Счёт нужно оплатить до конца"
        " месяца.",
    ),
    "Ukrainian": (
        "cp1251 koi8_u mac_cyrillic",
        "Бібліотека відчинена з понеділка до п'ятниці. Ключ лежить на полиці біля дверей. Діти"
        " граються в саду за будинком. Рахунок потрібно сплатити до кінця місяця. Їхній потяг"
        " вирушає о шостій ранку.",
    ),
    "Bulgarian": (
        "cp1251 iso8859_5 mac_cyrillic",
        "Библиотеката е отворена от понеделник до петък. Ключът се намира на рафта до вратата."
        " Децата играят в градината зад къщата. Сметката трябва да се плати до края на месеца."
        " Влакът тръгва в шест часа сутринта.",
    ),
    "Greek": (
        "cp1253 iso8859_7 cp737",
        "Η βιβλιοθήκη είναι ανοιχτή από Δευτέρα έως Παρασκευή. Το κλειδί βρίσκεται στο ράφι δίπλα"
        " στην πόρτα. Τα παιδιά παίζουν στον κήπο πίσω από το σπίτι. Ο λογαριασμός πρέπει να"
        " πληρωθεί σύντομα. Το τρένο φεύγει στις έξι το πρωί.",
    ),
    "Turkish": (
        "cp1254 iso8859_9 cp857",
        "Kütüphane pazartesiden cumaya kadar açıktır. Anahtar kapının yanındaki rafta duruyor."
        " Çocuklar evin arkasındaki bahçede oynuyor. Fatura ay sonuna kadar ödenmelidir. Şehir"
        " dışına giden tren sabah altıda kalkıyor.",
    ),
    "Hebrew": (
        "cp1255 iso8859_8",
        "הספרייה פתוחה בימי ראשון עד חמישי. המפתח נמצא על המדף ליד הדלת. הילדים משחקים בגינה"
        " שמאחורי הבית. יש לשלם את החשבון עד סוף החודש. הרכבת יוצאת בשש בבוקר.",
    ),
    "Arabic": (
        "cp1256 iso8859_6",
        "المكتبة مفتوحة من يوم الأحد إلى يوم الخميس. المفتاح موجود على الرف بجانب الباب. الأطفال"
        " يلعبون في الحديقة خلف المنزل. يجب دفع الفاتورة قبل نهاية الشهر. القطار يغادر في السادسة"
        " صباحا.",
    ),
    "Japanese": (
        "shift_jis euc_jp iso2022_jp",
        "図書館は月曜日から金曜日まで開いています。鍵はドアの横の棚にあります。子供たちは家の裏の庭で遊んで"
        "います。請求書は月末までに支払ってください。電車は朝六時に出発します。",
    ),
    "Chinese, simplified": (
        "gb18030",
        "图书馆从星期一到星期五开放。钥匙在门旁边的架子上。孩子们在房子后面的花园里玩耍。账单必须在月底之前"
        "付清。火车早上六点出发。",
    ),
    "Chinese, traditional": (
        "big5",
        "圖書館從星期一到星期五開放。鑰匙在門旁邊的架子上。孩子們在房子後面的花園裡玩耍。帳單必須在月底之前"
        "付清。火車早上六點出發。",
    ),
    "Korean": (
        "euc_kr",
        "도서관은 월요일부터 금요일까지 문을 엽니다. 열쇠는 문 옆 선반에 있습니다. 아이들은"
        " 집 뒤 정원에서 놀고 있습니다. 청구서는 월말까지 지불해야 합니다. 기차는"
        " 아침 여섯 시에 출발합니다.",
    ),
}
"""Language → encodings that its texts are met in, and five sentences written for this file."""

SHORT = (
    "The board said “no” – twice. It costs 5 € a day.",
    "It’s the tenant’s duty to clear snow… always.",
    "Keep it below 20 °C, see § 4.",
    "The naïve plan failed.",
    "Größe",
    "Café",
    "Name;Größe\nTisch;12",
    "Menü",
    "Straße 4",
    "El niño",
    "São Paulo",
    "Françoise",
    "Preis: 5 £",
    "Müller, Jörg: 040 5551",
    "5 × 3 = 15 ± 1",
    "© 2031 Miller",
    "Smörgåsbord",
    "1½ cups of sugar",
    "déjà vu",
)
"""Texts that hardly hold more than ASCII."""

EVERYWHERE = "utf_8 utf_16 utf_16_le utf_16_be"
LENGTHS = (1, 3, 5)
"""Sentences of a text."""


def sentences(text: str) -> list[str]:
    """The sentences of a text, each with its end.

    >>> sentences("One. Two? 三。")
    ['One. ', 'Two? ', '三。']
    """
    parts, start = [], 0
    for at, character in enumerate(text):
        if character in "。" or (character == " " and text[at - 1] in ".?"):
            parts.append(text[start : at + 1])
            start = at + 1
    return [*parts, text[start:]] if text[start:] else parts


def samples() -> Iterator[tuple[str, str, int, str, bytes]]:
    """(language, encoding, sentences, text, bytes) of every run of sentences that is no ASCII."""
    for text in SHORT:
        for encoding in LATIN_1.split():
            with suppress(UnicodeEncodeError):
                yield "Few words", encoding, 0, text, text.encode(encoding)
    for language, (encodings, text) in TEXTS.items():
        parts = sentences(text)
        for length in LENGTHS:
            for first in range(len(parts) - length + 1):
                part = "".join(parts[first : first + length]).strip() + "\n"
                for encoding in f"{encodings} {EVERYWHERE}".split():
                    if not part.isascii():
                        yield language, encoding, length, part, part.encode(encoding)


def _named(detect: Callable[[bytes], str | None]) -> Decode:
    def decode(data: bytes) -> str:
        return data.decode(detect(data) or "latin_1", errors="replace").lstrip("\ufeff")

    return decode


def doubts() -> str:
    """How often the program names a guess of its own, right and wrong ones."""
    from qa.documents.encodings import decode

    counts: defaultdict[tuple[bool, bool], int] = defaultdict(int)
    for _, encoding, _, text, data in samples():
        if encoding not in EVERYWHERE.split():
            decoded = decode(data)
            counts[decoded.text == text, bool(decoded.doubt)] += 1
    return (
        f"older encodings, this program: right {counts[True, False]}, right and called a guess "
        f"{counts[True, True]}, wrong and called a guess {counts[False, True]}, wrong and not "
        f"called so {counts[False, False]}"
    )


def decoders() -> Iterator[tuple[str, Decode]]:
    """What is compared, by name: the program, and each library that is installed."""
    from qa.documents.encodings import decode

    yield "this program", lambda data: decode(data).text
    ways: dict[str, tuple[str, Callable[..., Callable[[bytes], str | None]]]] = {
        "charset-normalizer": (
            "charset_normalizer",
            lambda library: lambda data: getattr(library.from_bytes(data).best(), "encoding", None),
        ),
        "chardet": ("chardet", lambda library: lambda data: library.detect(data)["encoding"]),
        "faust-cchardet": (
            "cchardet",
            lambda library: lambda data: library.detect(data)["encoding"],
        ),
        "chardetng": ("chardetng_py", lambda library: library.detect),
    }
    for name, (module, way) in ways.items():
        try:
            yield name, _named(way(import_module(module)))
        except ImportError:
            print(f"{name} is not installed")


def main() -> None:
    """Print a table for each encoding, and one for each length."""
    argparse.ArgumentParser(description=__doc__).parse_args()
    compared = dict(decoders())
    right: defaultdict[tuple[str, str], list[bool]] = defaultdict(list)
    for language, encoding, length, text, data in samples():
        for name, decode in compared.items():
            try:
                fits = decode(data) == text
            except Exception:
                fits = False
            for group in (f"{language}, {encoding}", f"{length} sentences", "all"):
                right[group, name].append(fits)
            if encoding not in EVERYWHERE.split():
                right["older encodings", name].append(fits)
    groups = dict.fromkeys(group for group, _ in right)
    print("| texts | number | " + " | ".join(compared) + " |")
    for group in groups:
        counts = [right[group, name] for name in compared]
        shares = " | ".join(f"{100 * sum(each) / len(each):.0f} %" for each in counts)
        print(f"| {group} | {len(counts[0])} | {shares} |")
    print(doubts())


if __name__ == "__main__":
    main()
