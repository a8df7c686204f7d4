# ruff: noqa: E501
"""The words of "Why this passage?" and "Why not?" in German, by their English text."""

GERMAN_UNDERSTAND: dict[str, str] = {
    "Understand": ("Verstehen"),
    "Why not?": ("Warum nicht?"),
    "Why this passage?": ("Warum diese Stelle?"),
    "Expected something else?": ("Etwas anderes erwartet?"),
    "What gives this passage its score": ("Was dieser Stelle ihre Punktzahl gibt"),
    "What each signal gives to the score": ("Was jedes Signal zur Punktzahl beiträgt"),
    "Signal": ("Signal"),
    "Gives to the score": ("Beitrag zur Punktzahl"),
    "Score": ("Punktzahl"),
    "Your text": ("Ihr Text"),
    "First hit": ("Erster Treffer"),
    "Difference": ("Unterschied"),
    "Meaning of the passage": ("Bedeutung der Stelle"),
    "cosine of question and passage": ("Kosinus von Frage und Stelle"),
    "Meaning of its best sentence": ("Bedeutung ihres besten Satzes"),
    "cosine of question and sentence": ("Kosinus von Frage und Satz"),
    "Keywords": ("Schlüsselwörter"),
    "BM25 as a share of the most it could be": ("BM25 als Anteil des Höchstmöglichen"),
    "Title and headings": ("Titel und Überschriften"),
    "cosine of question and headings": ("Kosinus von Frage und Überschriften"),
    "Words of the question": ("Wörter der Frage"),
    "share of them in the passage, by rarity": ("Anteil in der Stelle, nach Seltenheit"),
    "Words in one sentence": ("Wörter in einem Satz"),
    "the largest share in one sentence, by rarity": (
        "größter Anteil in einem Satz, nach Seltenheit"
    ),
    "Form of the answer": ("Form der Antwort"),
    "every word in one sentence, or the form asked for": (
        "alle Wörter in einem Satz oder die gefragte Form"
    ),
    "In this passage": ("In dieser Stelle"),
    "Not in this passage": ("Nicht in dieser Stelle"),
    "In no passage at all": ("In keiner einzigen Stelle"),
    "You expected another answer? Write the question, and some words of the text that should have answered it. You see which step lost that text, and what would help.": (
        "Sie haben eine andere Antwort erwartet? Schreiben Sie die Frage und einige Wörter des Textes, der sie hätte beantworten sollen. Sie sehen, welcher Schritt diesen Text verlor und was helfen würde."
    ),
    "The question": ("Die Frage"),
    "Words of the text that you expected": ("Wörter des Textes, den Sie erwartet haben"),
    "Show where it went": ("Zeigen, wo er blieb"),
    "yes": ("ja"),
    "no": ("nein"),
    "In a document": ("In einem Dokument"),
    "In a passage": ("In einer Stelle"),
    "Among the candidates": ("Unter den Kandidaten"),
    "Shown by itself": ("Für sich gezeigt"),
    "First in the ranking": ("Erster der Rangfolge"),
    "Sure enough": ("Sicher genug"),
    "In the marked sentence": ("Im markierten Satz"),
    "Another passage beat it, mostly by this: {signal}.": (
        "Eine andere Stelle war besser, vor allem hierdurch: {signal}."
    ),
    "Nothing lost it: it is the answer.": ("Nichts verlor ihn: er ist die Antwort."),
    "It is in no document of the index.": ("Er steht in keinem Dokument des Index."),
    "It is no candidate, because its words do not match the question's.": (
        "Er ist kein Kandidat, weil seine Wörter nicht zu denen der Frage passen."
    ),
    "It is no candidate, because the setting candidates is only {0}.": (
        "Er ist kein Kandidat, weil die Einstellung candidates nur {0} ist."
    ),
    "It was folded into a passage that is nearly the same, at rank {0}.": (
        "Er wurde mit einer fast gleichen Stelle auf Rang {0} zusammengelegt."
    ),
    "It is first, but the confidence is below the threshold.": (
        "Er ist Erster, aber die Sicherheit liegt unter der Schwelle."
    ),
    "Its passage is first, but another sentence of it is marked.": (
        "Seine Stelle ist die erste, aber ein anderer Satz darin ist markiert."
    ),
    "The expected text is empty; give some words that should be found.": (
        "Der erwartete Text ist leer; geben Sie einige Wörter an, die gefunden werden sollen."
    ),
}
