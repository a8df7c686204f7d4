# ruff: noqa: E501
"""The words of the tab "Documents" in German, by their English text."""

GERMAN_DOCUMENTS: dict[str, str] = {
    "Sentences": ("Sätze"),
    "about {time} left of this step": ("noch etwa {time} für diesen Schritt"),
    "Added: {number}": ("Hinzugefügt: {number}"),
    "Changed: {number}": ("Geändert: {number}"),
    "Removed: {number}": ("Entfernt: {number}"),
    "Passage {number}": ("Stelle {number}"),
    "Notes": ("Hinweise"),
    "Added": ("Seit"),
    "Actions": ("Aktionen"),
    "Preview": ("Vorschau"),
    "Remove": ("Entfernen"),
    "No title or source holds “{words}”.": ("Kein Titel und keine Quelle enthält „{words}“."),
    "Type fewer or other words, or clear the field to see all.": (
        "Geben Sie weniger oder andere Wörter ein, oder leeren Sie das Feld, um alle zu sehen."
    ),
    "The index holds no document yet.": ("Der Index enthält noch kein Dokument."),
    "Add a text, a file or a folder above to begin.": (
        "Fügen Sie oben zuerst einen Text, eine Datei oder einen Ordner hinzu."
    ),
    "Same text as {names}": ("Gleicher Text wie {names}"),
    "{pieces} left out": ("{pieces} ausgelassen"),
    "Remove this document?": ("Dieses Dokument entfernen?"),
    "The index is rebuilt without it. A file outside of the folder of added files stays where it is.": (
        "Der Index wird ohne es neu erstellt. Eine Datei außerhalb des Ordners der hinzugefügten Dateien bleibt, wo sie ist."
    ),
    "Leave no trace: drop older generations and caches too": (
        "Keine Spur lassen: auch ältere Generationen und Zwischenspeicher löschen"
    ),
    "Keep it": ("Behalten"),
    "Generation": ("Generation"),
    "Built": ("Erstellt"),
    "Size": ("Größe"),
    "Pinned": ("Angeheftet"),
    "pinned": ("angeheftet"),
    "There is no generation yet.": ("Es gibt noch keine Generation."),
    "Add documents above: each rebuild makes one, and the last few are kept.": (
        "Fügen Sie oben Dokumente hinzu: jeder Neuaufbau macht eine, und die letzten bleiben erhalten."
    ),
    "History": ("Verlauf"),
    "Live": ("Aktiv"),
    "Go back to {name}": ("Zurück zu {name}"),
    "Go back": ("Zurückgehen"),
    "{name} is live now; questions are answered from it.": (
        "{name} ist jetzt aktiv; Fragen werden daraus beantwortet."
    ),
    "Removed: {names}": ("Entfernt: {names}"),
    "There was nothing to remove.": ("Es gab nichts zu entfernen."),
    "Remove old generations": ("Alte Generationen entfernen"),
    "Passes": ("Besteht"),
    "Fails": ("Scheitert"),
    "Not tried": ("Nicht geprüft"),
    "Questions that every rebuild tries before it takes over. Leave the expected text empty where the documents must not answer.": (
        "Fragen, die jeder Neuaufbau prüft, bevor er übernimmt. Lassen Sie den erwarteten Text leer, wo die Dokumente nicht antworten dürfen."
    ),
    "No question is pinned yet.": ("Noch ist keine Frage angeheftet."),
    "Write one below with words that its answer must hold.": (
        "Schreiben Sie unten eine, mit Wörtern, die ihre Antwort enthalten muss."
    ),
    "Question": ("Frage"),
    "Expected": ("Erwartet"),
    "Result": ("Ergebnis"),
    "Unpin": ("Lösen"),
    "Pinned questions": ("Angeheftete Fragen"),
    "Question to pin": ("Frage zum Anheften"),
    "Expected text": ("Erwarteter Text"),
    "Pin": ("Anheften"),
    "Path on the server": ("Pfad auf dem Server"),
    "For example: /data/manuals": ("Zum Beispiel: /daten/handbuecher"),
    "Add path and rebuild": ("Pfad hinzufügen und neu aufbauen"),
    "Search titles and sources": ("Titel und Quellen durchsuchen"),
    "Adding by path is switched off; the owner of this page allows it with QA_ALLOW_PATHS.": (
        "Hinzufügen über den Pfad ist abgeschaltet; wer diese Seite betreibt, erlaubt es mit QA_ALLOW_PATHS."
    ),
    "The path is empty; give the path of a file or folder on the server.": (
        "Der Pfad ist leer; geben Sie den Pfad einer Datei oder eines Ordners auf dem Server an."
    ),
    "The path is not complete; give it from the root, such as /data/manuals.": (
        "Der Pfad ist nicht vollständig; geben Sie ihn ab der Wurzel an, etwa /data/manuals."
    ),
    "There is no such file or folder on the server.": (
        "Auf dem Server gibt es keine solche Datei und keinen solchen Ordner."
    ),
    "This document cannot be removed any more; open the tab again.": (
        "Dieses Dokument kann nicht mehr entfernt werden; öffnen Sie den Reiter neu."
    ),
}
