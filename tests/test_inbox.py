import pytest

from qa.errors import InputError
from qa.inbox import add_file, add_text, safe_name


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("notes.txt", "notes.txt"),
        ("../../../etc/passwd", "passwd"),
        ("C:\\Windows\\system32\\evil.txt", "evil.txt"),
        ("a\nb\0c", "a b c"),
        (".hidden", "hidden"),
        ("<script>alert(1)</script>", "script"),
        ("日本語", "日本語"),
        ("///", ""),
        ("CON", "CON_"),
    ],
)
def test_safe_name(name, expected):
    assert safe_name(name) == expected


def test_a_text_never_overwrites_another(tmp_path):
    first = add_text(tmp_path, "Fees", "Ten euros.")
    second = add_text(tmp_path, "Fees", "Twelve euros.")
    assert (first.name, second.name) == ("Fees.txt", "Fees (2).txt")
    assert first.read_text(encoding="utf-8") == "Ten euros."
    assert second.read_text(encoding="utf-8") == "Twelve euros."
    assert first.parent == tmp_path / "added"


def test_a_nameless_text_gets_a_name(tmp_path):
    assert add_text(tmp_path, " ", "Ten euros.").name == "pasted text.txt"


def test_an_empty_text_is_refused(tmp_path):
    with pytest.raises(InputError, match="empty"):
        add_text(tmp_path, "x", " \n ")
    assert not list(tmp_path.rglob("*.txt"))


def test_a_file_is_copied_under_a_safe_name(tmp_path):
    source = tmp_path / "upload.bin"
    source.write_bytes(b"%PDF-")
    copied = add_file(tmp_path / "corpus", source, "../../report.pdf", 100)
    assert copied == tmp_path / "corpus" / "added" / "report.pdf"
    assert copied.read_bytes() == b"%PDF-"


def test_a_file_above_the_limit_is_refused(tmp_path):
    source = tmp_path / "big.txt"
    source.write_bytes(b"x" * 1_000_001)
    with pytest.raises(InputError, match=r"big\.txt is larger than 1 MB"):
        add_file(tmp_path / "corpus", source, None, 1_000_000)


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(InputError, match=r"no file gone\.txt"):
        add_file(tmp_path / "corpus", tmp_path / "gone.txt", None, 100)
