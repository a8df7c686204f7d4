"""German from end to end: nothing is borrowed from English."""

import pytest
from conftest import build_toy
from toy_encoder import ToyEncoder

from qa import Service, Settings
from qa.answering.question import question_language
from qa.answering.spelling import Speller
from qa.languages import language_of

TEXTS = [
    (
        "Miete und Kaution",
        "Die Miete ist bis zum dritten Werktag jedes Monats zu zahlen. Die Kaution beträgt drei "
        "Monatsmieten und wird auf einem eigenen Konto verwahrt. Nach dem Auszug wird sie "
        "innerhalb von sechs Monaten zurückgezahlt.",
    ),
    (
        "Hausordnung",
        "Die Ruhezeiten gelten von 22 bis 6 Uhr und am Sonntag den ganzen Tag. Im Treppenhaus "
        "dürfen keine Fahrräder abgestellt werden. Haustiere sind nach Absprache mit der "
        "Verwaltung erlaubt.",
    ),
    (
        "Heizung",
        "Die Heizung wird vom 1. Oktober bis zum 30. April betrieben. Bei einer Störung hilft "
        "der Notdienst unter der Nummer 4711. Die Heizkosten werden einmal im Jahr abgerechnet.",
    ),
    (
        "Müll und Reinigung",
        "Die blaue Tonne für Papier wird jeden zweiten Dienstag geleert. Das Treppenhaus reinigt "
        "eine Firma. Sperrmüll muss bei der Stadt angemeldet werden.",
    ),
    (
        "Parken",
        "Zu jeder Wohnung gehört ein Stellplatz in der Tiefgarage. Besucher parken auf der "
        "Straße. Das Laden von Elektroautos ist an zwei Säulen möglich.",
    ),
]
ANSWERED = {
    "Bis wann ist die Miete zu zahlen?": "dritten Werktag",
    "Wie hoch ist die Kaution?": "drei Monatsmieten",
    "Wann wird die Kaution zurückgezahlt?": "sechs Monaten",
    "Welche Ruhezeiten gelten am Sonntag?": "Ruhezeiten",
    "Dürfen Fahrräder im Treppenhaus abgestellt werden?": "Fahrräder",
    "Wann wird die Heizung betrieben?": "1. Oktober",
    "Wann wird die blaue Tonne für Papier geleert?": "zweiten Dienstag",
    "Wo parken Besucher?": "Straße",
}
UNANSWERED = [
    "Warum ist das Meer salzig?",
    "Wer hat die Relativitätstheorie aufgestellt?",
    "Wie backe ich einen Apfelkuchen?",
    "Wann wurde der Kölner Dom fertiggestellt?",
    "Welche Farbe hat der Mars?",
    "Wie viele Spieler hat eine Handballmannschaft?",
    "Warum sind Flamingos rosa?",
    "Wie heißt der längste Fluss Europas?",
    "Wann ist die nächste Sonnenfinsternis?",
    "Wie repariere ich einen platten Reifen?",
    "Wer schrieb die Zauberflöte?",
    "Was hilft gegen Schluckauf?",
]
MODEL_WORDS = ["wanna", "warm", "blah", "kept", "wire", "weird", "tone", "refund"]
"""Words of an English model near to German ones."""


class EnglishEncoder(ToyEncoder):
    """A toy whose vocabulary is English."""

    def vocabulary(self):
        return MODEL_WORDS


@pytest.fixture
def german_service(settings):
    build_toy(settings, TEXTS, encoder=EnglishEncoder())
    return Service(settings, encoder=EnglishEncoder())


def test_the_index_says_that_its_texts_are_german(german_service):
    assert german_service.status().languages == {"de": len(TEXTS)}
    assert german_service.retriever().index.language == "de"


@pytest.mark.parametrize(
    "question", ["Wann?", "Warum ist die Tonne blau?", "Wird das wirklich so?"]
)
def test_german_words_are_not_corrected_to_english_ones(german_service, question):
    assert german_service.ask(question).corrected_question == question


def test_slips_in_german_are_corrected_to_words_of_the_texts(german_service):
    corrected = german_service.retriever().corrected
    assert corrected("Wie hoch ist die Kuation?") == "Wie hoch ist die Kaution?"
    assert corrected("Wann wird die Heiznug betrieben?") == "Wann wird die Heizung betrieben?"


def test_only_english_questions_are_corrected_to_words_of_the_model():
    speller = Speller(lambda word: False, dict, lambda: MODEL_WORDS)
    assert speller.correct("a refnud", language_of("en")) == "a refund"
    assert speller.correct("a refnud", language_of("de")) == "a refnud"


def test_two_slips_are_corrected_only_where_the_model_knows_the_language():
    # Without the model's words nobody knows that "aufgestellt" is a word of its own.
    speller = Speller(lambda word: False, lambda: {"abgestellt": 1}, list)
    assert speller.correct("aufgestellt", language_of("de")) == "aufgestellt"
    assert speller.correct("abgesetllt", language_of("de")) == "abgestellt"


def test_what_a_language_lacks_is_switched_off():
    speller = Speller(lambda word: False, lambda: {"kaution": 9}, lambda: MODEL_WORDS)
    assert speller.correct("kuation refnud", language_of("sv")) == "kuation refnud"


@pytest.mark.parametrize(
    ("question", "texts", "language"),
    [
        ("Wann ist die Miete zu zahlen?", "en", "de"),
        ("When is the rent due?", "de", "en"),
        ("die casting pressure", "en", "en"),  # one word is not enough
        ("Kaution", "de", "de"),
        ("When is the rent due?", "sv", "sv"),  # its function words are not known
    ],
)
def test_the_language_of_a_question(question, texts, language):
    assert question_language(question, language_of(texts)).code == language


def test_example_questions_are_in_the_language_of_the_index(settings):
    texts = [("Ruhezeiten", TEXTS[1][1]), *TEXTS[2:]]
    loose = type(settings)(corpus=settings.corpus, index=settings.index, threshold=0.0)
    build_toy(loose, texts)
    examples = Service(loose, encoder=ToyEncoder()).examples()
    assert "Was steht hier über Ruhezeiten?" in examples
    assert not any(question.startswith("What") for question in examples)


def test_a_language_that_is_given_is_not_detected(settings):
    given = type(settings)(corpus=settings.corpus, index=settings.index, language="fr")
    build_toy(given, TEXTS)
    assert Service(given, encoder=ToyEncoder()).status().languages == {"fr": len(TEXTS)}


def test_a_mixed_corpus_counts_both_languages(settings):
    english = "The rent is due on the third working day of every month, and the deposit is kept."
    build_toy(settings, [*TEXTS, ("Rent", english)])
    assert Service(settings, encoder=ToyEncoder()).status().languages == {"de": 5, "en": 1}


@pytest.fixture(scope="module")
def real_german_service(tmp_path_factory):
    place = tmp_path_factory.mktemp("german")
    service = Service(Settings(corpus=place / "corpus", index=place / "index"))
    service.rebuild(texts=TEXTS)
    return service


@pytest.mark.model
def test_german_questions_are_asked_as_they_stand(real_german_service):
    for question in [*ANSWERED, *UNANSWERED]:
        assert real_german_service.ask(question).corrected_question == question


@pytest.mark.model
def test_the_noise_is_measured_by_german_questions(real_german_service):
    # English questions score 0.11 by chance on German texts, German ones far more.
    assert real_german_service.retriever().index.noise > 0.3


@pytest.mark.model
@pytest.mark.parametrize(("question", "said"), ANSWERED.items())
def test_answerable_questions_are_answered(real_german_service, question, said):
    assert said in (real_german_service.ask(question).text or "")


@pytest.mark.model
@pytest.mark.parametrize("question", UNANSWERED)
def test_unanswerable_questions_are_not(real_german_service, question):
    assert real_german_service.ask(question).text is None
