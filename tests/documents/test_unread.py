"""What an office file holds beside its text is read or listed, never silently left out."""

from email.message import EmailMessage
from pathlib import Path

import pytest
from read_documents import read_files

from qa.documents.formats.mail import mail_blocks

FILES = Path(__file__).parents[1] / "data" / "formats"


@pytest.mark.parametrize("kind", ["docx", "odt"])
def test_footnotes_are_read_and_the_rest_is_listed(kind):
    reading = read_files(FILES / f"beside.{kind}")
    text = reading.documents[0].text
    assert "The bees live behind the house. They make honey in June." in text
    assert "FOOTNOTETEXT in white hives." in text
    assert "ENDNOTETEXT since May." in text
    assert "[^" not in text
    assert {(dropped.text, dropped.rule) for dropped in reading.dropped} == {
        ("HEADERTEXT company secret", "header of the pages"),
        ("FOOTERTEXT page note", "footer of the pages"),
        ("COMMENTTEXT check this", "comment"),
        ("DELETEDTEXT old price", "tracked deletion"),
    }
    assert not any(dropped.text in text for dropped in reading.dropped)


def test_speaker_notes_are_listed():
    reading = read_files(FILES / "beside.pptx")
    assert [(dropped.text, dropped.rule) for dropped in reading.dropped] == [
        ("NOTESTEXT speak slowly.", "speaker notes")
    ]


def test_a_forwarded_mail_is_read_and_what_is_attached_to_it_is_named():
    inner = EmailMessage()
    inner["From"], inner["Subject"] = "carl@example.org", "Harp"
    inner.set_content("The harp is sold.")
    inner.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="bill.pdf")
    mail = EmailMessage()
    mail["From"], mail["Subject"] = "anna@example.org", "Fwd: Harp"
    mail.set_content("See below.")
    mail.add_attachment(inner)
    _, blocks, notes = mail_blocks(mail.as_bytes(), "mail.eml", lambda _: [])
    texts = [block.text for block in blocks]
    assert texts[1:] == ["See below.", "Harp", "From: carl@example.org", "The harp is sold."]
    assert [note.source for note in notes] == ["mail.eml (bill.pdf)"]
