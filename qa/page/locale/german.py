"""The page's words in German, by their English text."""

from qa.page.locale.german_documents import GERMAN_DOCUMENTS
from qa.page.locale.german_insight import GERMAN_INSIGHT
from qa.page.locale.german_understand import GERMAN_UNDERSTAND

GERMAN: dict[str, str] = {
    **GERMAN_DOCUMENTS,
    **GERMAN_INSIGHT,
    **GERMAN_UNDERSTAND,
    # Everywhere
    "Ask your documents": "Fragen Sie Ihre Dokumente",
    "Exact passages, the answering sentence marked, or an honest “not in these documents”.": (
        "Genaue Stellen, der antwortende Satz markiert, oder ein ehrliches „nicht in diesen "
        "Dokumenten“."
    ),
    "Ask": "Fragen",
    "Documents": "Dokumente",
    "There is no index yet, so nothing can be answered.": (
        "Es gibt noch keinen Index, also kann nichts beantwortet werden."
    ),
    "Open “Documents”, add a text or a file, and press “Add and rebuild”.": (
        "Öffnen Sie „Dokumente“, fügen Sie einen Text oder eine Datei hinzu und drücken Sie "
        "„Hinzufügen und neu aufbauen“."
    ),
    "The owner of this page builds it with: python -m qa index": (
        "Wer diese Seite betreibt, baut ihn mit: python -m qa index"
    ),
    "Something went wrong on our side; the details are in the server's log.": (
        "Bei uns ist etwas schiefgegangen; Näheres steht im Protokoll des Servers."
    ),
    "document": "Dokument",
    "documents": "Dokumente",
    "passage": "Stelle",
    "passages": "Stellen",
    "sentence": "Satz",
    "sentences": "Sätze",
    "word": "Wort",
    "words": "Wörter",
    "file": "Datei",
    "files": "Dateien",
    "piece": "Stück",
    "pieces": "Stücke",
    "byte": "Byte",
    "bytes": "Bytes",
    "new vector": "neuer Vektor",
    "new vectors": "neue Vektoren",
    # Ask
    "Your question": "Ihre Frage",
    "Ask in your own words": "Fragen Sie in eigenen Worten",
    "Only in": "Nur in",
    "all documents": "allen Dokumenten",
    "Passages": "Stellen",
    "Try": "Zum Beispiel",
    "Answer": "Antwort",
    "Searched for: {question}": "Gesucht wurde: {question}",
    "Very likely": "Sehr wahrscheinlich",
    "Likely": "Wahrscheinlich",
    "Possibly": "Möglicherweise",
    "{percent} probability": "{percent} Wahrscheinlichkeit",
    "page {page}": "Seite {page}",
    "characters {start}–{end}": "Zeichen {start}–{end}",
    " of {length}": " von {length}",
    "Also in": "Auch in",
    "another document": "einem anderen Dokument",
    "Show in document": "Im Dokument zeigen",
    "Copy with citation": "Mit Quelle kopieren",
    "Copied": "Kopiert",
    "It could not be copied; select the text instead.": (
        "Das Kopieren ging nicht; markieren Sie den Text."
    ),
    "Further passages": "Weitere Stellen",
    "Closest passages": "Nächstliegende Stellen",
    "Not in these documents": "Nicht in diesen Dokumenten",
    "The index holds nothing that comes near this question.": (
        "Der Index enthält nichts, was dieser Frage nahekommt."
    ),
    "The {passages} that come closest are below, but the best of them answers with only "
    "{percent} probability.": (
        "Unten stehen die {passages}, die am nächsten kommen, aber die beste antwortet nur mit "
        "{percent} Wahrscheinlichkeit."
    ),
    "The passage that comes closest is below, but it answers with only {percent} probability.": (
        "Unten steht die Stelle, die am nächsten kommt, aber sie antwortet nur mit {percent} "
        "Wahrscheinlichkeit."
    ),
    "The index has changed since this link was made.": (
        "Der Index hat sich geändert, seit dieser Link entstand."
    ),
    "The question was asked again; the answer may be another one.": (
        "Die Frage wurde neu gestellt; die Antwort kann eine andere sein."
    ),
    "Your questions on this device": "Ihre Fragen auf diesem Gerät",
    "Clear": "Löschen",
    "Message": "Nachricht",
    # The document's dialog
    "Document": "Dokument",
    "Page {page}": "Seite {page}",
    "Hit {at} of {hits}": "Treffer {at} von {hits}",
    "Previous hit": "Voriger Treffer",
    "Next hit": "Nächster Treffer",
    "Text of the document": "Text des Dokuments",
    "Close": "Schließen",
    # Documents
    "Add documents": "Dokumente hinzufügen",
    "Text, Markdown, HTML, PDF, Word, PowerPoint, Excel, EPUB, e-mail and more. They are saved in "
    "the corpus folder, then the index is rebuilt.": (
        "Text, Markdown, HTML, PDF, Word, PowerPoint, Excel, EPUB, E-Mail und mehr. Sie werden im "
        "Korpusordner gespeichert, dann wird der Index neu aufgebaut."
    ),
    "Name": "Name",
    "Text": "Text",
    "Files": "Dateien",
    "For example: Refund policy": "Zum Beispiel: Rückgaberegeln",
    "Paste a text here": "Fügen Sie hier einen Text ein",
    "Add and rebuild": "Hinzufügen und neu aufbauen",
    "Rebuild": "Neu aufbauen",
    "Cancel": "Abbrechen",
    "There is no index yet.": "Es gibt noch keinen Index.",
    "The index": "Der Index",
    "In the index": "Im Index",
    "Title": "Titel",
    "Source": "Quelle",
    "Words": "Wörter",
    "model {name}": "Modell {name}",
    "built {when}": "gebaut am {when}",
    "at an unknown time": "zu unbekannter Zeit",
    "{day} {month} {year}, {time} UTC": "{day}. {month} {year}, {time} UTC",
    "January": "Januar",
    "February": "Februar",
    "March": "März",
    "April": "April",
    "May": "Mai",
    "June": "Juni",
    "July": "Juli",
    "August": "August",
    "September": "September",
    "October": "Oktober",
    "November": "November",
    "December": "Dezember",
    "… and {documents} more.": "… und {documents} mehr.",
    "Reading files": "Dateien lesen",
    "Preparing the model": "Modell vorbereiten",
    "Cutting passages": "Stellen schneiden",
    "Embedding sentences": "Sätze einbetten",
    "Writing the index": "Index schreiben",
    "Switching over": "Umschalten",
    "{done} of {total} ({share}%)": "{done} von {total} ({share} %)",
    "Questions are still answered from the index that was there before.": (
        "Fragen werden weiter aus dem bisherigen Index beantwortet."
    ),
    "Saved all the same, for the next rebuild: {names}.": (
        "Trotzdem gespeichert, für den nächsten Aufbau: {names}."
    ),
    "{name} could not be added.": "{name} konnte nicht hinzugefügt werden.",
    "{name} is not in the index.": "{name} ist nicht im Index.",
    "Added {names}": "Hinzugefügt: {names}",
    "The index is rebuilt": "Der Index ist neu aufgebaut",
    "{documents}, {passages}, {vectors}, {reused} reused, in {time}.": (
        "{documents}, {passages}, {vectors}, {reused} wiederverwendet, in {time}."
    ),
    "{files} skipped": "{files} übersprungen",
    "{pieces} of page furniture left out": "{pieces} Seitenbeiwerk ausgelassen",
    # Sentences of errors; {0}, {1} … stand for their figures and quoted names
    "The question is empty; type what you want to know.": (
        "Die Frage ist leer; schreiben Sie, was Sie wissen möchten."
    ),
    "The question has {0} characters; ask in at most {1}.": (
        "Die Frage hat {0} Zeichen; fragen Sie mit höchstens {1}."
    ),
    "{0} is no number of passages; ask for {1} to {2}.": (
        "{0} ist keine Anzahl von Stellen; verlangen Sie {1} bis {2}."
    ),
    "No document lies in {0}; give a document's source, a folder, or a pattern such as *.pdf.": (
        "Kein Dokument liegt in {0}; nennen Sie die Quelle eines Dokuments, einen Ordner oder ein "
        "Muster wie *.pdf."
    ),
    "This passage cannot be found any more; ask the question again.": (
        "Diese Stelle ist nicht mehr zu finden; stellen Sie die Frage noch einmal."
    ),
    "A rebuild is already running; wait for it or cancel it.": (
        "Der Index wird schon neu aufgebaut; warten Sie oder brechen Sie ab."
    ),
    "There is nothing to add: paste a text, or choose a file.": (
        "Es gibt nichts hinzuzufügen: Fügen Sie einen Text ein oder wählen Sie eine Datei."
    ),
    "The text is empty; paste the text that should be searched.": (
        "Der Text ist leer; fügen Sie den Text ein, der durchsucht werden soll."
    ),
    "The build was stopped; the index that was there before is unchanged.": (
        "Der Aufbau wurde angehalten; der bisherige Index ist unverändert."
    ),
    # Verdicts and questions
    "Questions": "Gestellte Fragen",
    "Is this right?": "Stimmt das?",
    "This is right": "Das stimmt",
    "This is wrong": "Das ist falsch",
    "Right, it is not there": "Stimmt, es steht nicht darin",
    "Wrong, it is there": "Falsch, es steht darin",
    "This is the right passage": "Das ist die richtige Stelle",
    "Thank you. This is kept on this machine.": "Danke. Das bleibt auf diesem Rechner.",
    "No question is without an answer so far.": "Bisher ist keine Frage ohne Antwort.",
    "Similar questions: {number}": "Ähnliche Fragen: {number}",
    "asked once": "einmal gefragt",
    "asked {times} times": "{times}-mal gefragt",
    "the answer was called wrong": "die Antwort wurde falsch genannt",
    "confirmed: not there": "bestätigt: steht nicht darin",
    "closest: {source}": "am nächsten: {source}",
    "No answer was judged yet, so there is no file.": (
        "Noch wurde keine Antwort beurteilt, also gibt es keine Datei."
    ),
    "These questions got no answer, or one that was called wrong; those that ask much the same "
    "stand together. They show what the documents lack.": (
        "Diese Fragen bekamen keine Antwort oder eine, die falsch genannt wurde; ähnliche stehen "
        "beisammen. Sie zeigen, was den Dokumenten fehlt."
    ),
    "Unanswered questions": "Fragen ohne Antwort",
    "The judged questions with their right texts, for python -m qa evaluate and pinned questions. "
    "All of it lies in the index folder; nothing leaves this machine.": (
        "Die beurteilten Fragen mit ihren richtigen Texten, für python -m qa evaluate und "
        "angeheftete Fragen. Alles liegt im Indexordner; nichts verlässt diesen Rechner."
    ),
    "Judged questions": "Beurteilte Fragen",
    "Download judged questions": "Beurteilte Fragen herunterladen",
    "This passage cannot be judged any more; ask the question again.": (
        "Diese Stelle kann nicht mehr beurteilt werden; stellen Sie die Frage noch einmal."
    ),
}
