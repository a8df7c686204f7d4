# ruff: noqa: E501
"""The words of the map and of "Quality" in German, by their English text."""

GERMAN_INSIGHT: dict[str, str] = {
    "Understand": "Verstehen",
    "Why not?": "Warum nicht?",
    "Map": "Karte",
    "Quality": "Güte",
    "Map of the passages": "Karte der Textstellen",
    "Each point is a passage; points that lie near each other are often about the same. Open one with a click. Ask a question to see where it falls, as a star, and its hits, numbered.": (
        "Jeder Punkt ist eine Textstelle; nahe Punkte handeln oft vom Gleichen. Ein Klick öffnet eine. Stellen Sie eine Frage, um zu sehen, wohin sie fällt (als Stern), mit ihren Treffern (mit Nummern)."
    ),
    "The map holds {share} of what tells the passages apart, so nearness on it is only a hint: the ranking looks at all of it.": (
        "Die Karte enthält {share} dessen, was die Stellen unterscheidet; Nähe ist hier also nur ein Hinweis: Die Rangfolge sieht alles davon."
    ),
    "All other documents": "Alle anderen Dokumente",
    "{shown} of {total} passages are shown, spread evenly.": (
        "{shown} von {total} Stellen werden gezeigt, gleichmäßig verteilt."
    ),
    "There is no passage to show yet.": "Es gibt noch keine Stelle zu zeigen.",
    "No question yet.": "Noch keine Frage.",
    "Nothing was found for this question.": "Zu dieser Frage wurde nichts gefunden.",
    "Hits": "Treffer",
    "Question on the map": "Frage auf der Karte",
    "Show": "Zeigen",
    "The map is being drawn …": "Die Karte wird gezeichnet …",
    "Quality of the answers": "Güte der Antworten",
    "What is known on this machine of how good the answers are: from the pinned questions, the questions that were asked, and the verdicts on answers.": (
        "Was auf diesem Rechner darüber bekannt ist, wie gut die Antworten sind: aus den angehefteten Fragen, den gestellten Fragen und den Urteilen über Antworten."
    ),
    "The figures are being made …": "Die Zahlen werden ermittelt …",
    "The numbers": "Die Zahlen",
    "Is it as sure as it should be?": "Stimmt die Sicherheit?",
    "How sure the answers were": "Wie sicher die Antworten waren",
    "Signals side by side": "Die Signale im Vergleich",
    "Nothing to compare with yet.": "Noch nichts zum Vergleichen.",
    "Judge answers with the thumbs on the tab “Ask”, or pin questions on the tab “Documents”.": (
        "Beurteilen Sie Antworten mit den Daumen auf „Fragen“, oder heften Sie auf „Dokumente“ Fragen an."
    ),
    "Of answers that are {low} sure, about {low} should be right: the closer to the dashed line, the better. Mean distance: {error} (expected calibration error), from {number}.": (
        "Von Antworten, die zu {low} sicher sind, sollten etwa {low} stimmen: je näher an der gestrichelten Linie, desto besser. Mittlerer Abstand: {error} (expected calibration error), aus {number}."
    ),
    "Questions are not kept here.": "Fragen werden hier nicht aufbewahrt.",
    "The setting QA_FEEDBACK=yes keeps them.": "Die Einstellung QA_FEEDBACK=yes bewahrt sie auf.",
    "No question was asked yet.": "Noch wurde keine Frage gestellt.",
    "Ask on the tab “Ask”; each question counts.": ("Fragen Sie auf „Fragen“; jede Frage zählt."),
    "{number} asked. Below the threshold of {threshold} the answer is “not in these documents”; many questions close to it are a reason to judge some of them.": (
        "{number} gestellt. Unter der Schwelle von {threshold} lautet die Antwort „nicht in diesen Dokumenten“; viele Fragen nahe daran sind ein Grund, einige zu beurteilen."
    ),
    "Fewer than {enough} questions: this says little yet.": (
        "Weniger als {enough} Fragen: Das sagt noch wenig."
    ),
    "Open “Pinned questions” on the tab “Documents”, and write one with words that its answer must hold.": (
        "Öffnen Sie „Angeheftete Fragen“ auf „Dokumente“, und schreiben Sie eine mit Wörtern, die ihre Antwort enthalten muss."
    ),
    "{passed} of {number} pass.": "{passed} von {number} bestehen.",
    "No result of an evaluation is given.": "Es ist kein Ergebnis einer Auswertung angegeben.",
    "Run {command} and start the page with QA_EVALUATION=FILE.": (
        "Führen Sie {command} aus, und starten Sie die Seite mit QA_EVALUATION=FILE."
    ),
    "{name}, {at}: {questions}, {passages}, model {model}. In brackets the 95 % interval.": (
        "{name}, {at}: {questions}, {passages}, Modell {model}. In Klammern das 95-%-Intervall."
    ),
    "These are figures of the full ranking only; --compare adds each signal alone.": (
        "Das sind nur Zahlen der ganzen Rangfolge; --compare fügt jedes Signal einzeln hinzu."
    ),
    "Measure": "Maß",
    "Ranking by": "Rangfolge nach",
    "Full ranking": "Ganze Rangfolge",
    "Passage vectors": "Vektoren der Stellen",
    "Best sentence": "Bester Satz",
    "Words (BM25)": "Wörter (BM25)",
    "Vectors and words by rank (RRF)": "Vektoren und Wörter nach Rang (RRF)",
    "Confidence": "Sicherheit",
    "Mean confidence": "Mittlere Sicherheit",
    "Share right": "Anteil richtig",
    "Confidence against the share of right answers": "Sicherheit und Anteil richtiger Antworten",
    "{confidence} sure, {right} right": "{confidence} sicher, {right} richtig",
    "Questions by confidence: {answered} answered, {unanswered} not": (
        "Fragen nach Sicherheit: {answered} beantwortet, {unanswered} nicht"
    ),
    "Answered": "Beantwortet",
    "Not answered": "Nicht beantwortet",
    "Threshold": "Schwelle",
    "question": "Frage",
    "questions": "Fragen",
}
