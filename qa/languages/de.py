"""German."""

from __future__ import annotations

import re

from qa.languages.language import TERM, ExampleQuestions, Language, PageWords, Spelling, words

LANGUAGE = Language(
    code="de",
    stop_words=words(
        """
        der die das den dem des ein eine einen einem einer eines kein keine keinen keiner und oder
        aber denn weil wenn dass ob als auch nur noch schon sehr mehr nicht nichts etwas im in an
        am auf aus bei beim mit nach von vom vor zu zum zur für gegen ohne um durch über unter
        zwischen bis seit während ich du er sie es wir ihr mich dich sich uns euch ihm ihn ihnen
        mein meine meinen meiner dein deine sein seine ihre ihren unser unsere dies diese diesem
        diesen dieser dieses jede jeder jedes alle allem allen aller alles viel viele wieder hier
        dort dann da so ist sind war waren bin bist sei wird werden wurde wurden worden hat haben
        habe hatte hatten man doch einmal also
        """
    ),
    asking_words=words(
        """
        was wer wen wem wessen welche welcher welches welchen welchem wann wo woher wohin woran
        worauf woraus wofür womit wodurch worüber wovon wozu warum weshalb wieso wie viel viele
        hoch lange oft groß weit kann kannst können könnte könnten soll sollte sollen darf dürfen
        muss müssen möchte will wollen gibt geben bitte sag sagen erkläre heißt heißen bedeutet
        bedeuten tun macht machen bekomme bekommst bekommt bekommen ich du er sie es man wir ihr
        mein meine meinen dein deine unser unsere ist sind war waren wird werden wurde hat haben
        habe hatte
        """
    ),
    courtesy_words=words(
        """
        hallo hi guten gute morgen tag abend liebe lieber liebes team zusammen alle danke dank
        vielen voraus grüße gruß grüßen freundliche freundlichen beste besten viele herzliche
        bitte hilfe frage hoffe neu hier entschuldigung servus moin willkommen
        """
    ),
    back_references=words(
        """
        dies diese diesem diesen dieser dieses das es er sie ihn ihm ihnen ihr ihre
        ihren sein seine seinen davon dafür dagegen damit daran darauf daraus darin darüber dazu
        dabei dadurch dann da dort so solche solcher solches sonst stattdessen jene jener jenes
        derselbe dieselbe dasselbe
        """
    ),
    question_openers=words(
        """
        was wer wen wem wessen welche welcher welches welchen welchem wann wo woher wohin wofür
        womit wodurch worüber wovon wozu warum weshalb wieso wie kann können darf dürfen muss
        müssen soll sollte ist sind war waren hat haben gibt wird werden
        """
    ),
    question_labels=("Frage",),
    of_pages="von",
    page_words=PageWords(
        untitled=(
            r"(?:dokument|folie|mappe) ?\d+",
            "unbenannt.*",
            "ohne titel",
            "(?:powerpoint-)?präsentation",
        ),
        counted=("stimmen", "aufrufe", "kommentare?", "antworten"),
        waiting=("wird geladen", "lädt", "bitte warten"),
        prompts=("bewerten sie", "war .* hilfreich", "abonnieren", "folgen sie uns", "teilen sie"),
        pointers=(
            r"(?:weitere|ähnliche|verwandte|beliebte)\s+(?:fragen|artikel|beiträge|themen|seiten)",
        ),
        interruptions=("anzeige", "werbung", "nach oben", "teilen", "drucken"),
        consent=("akzeptieren", "ablehnen", "zustimmen"),
        choices=("einstellungen", "verwalten", "mehr erfahren"),
    ),
    plural_ending="s",
    term_patterns=((re.compile(r"\b([A-ZÄÖÜ]{2,})s\b"), r"\1"),),
    spelling=Spelling(
        keyboard_rows=("qwertzuiopü", "asdfghjklöä", "yxcvbnm"), word_endings=frozenset("enrstmu")
    ),
    examples=ExampleQuestions(
        acronym="Wofür steht {}?",
        term="Was ist {}?",
        heading="Was steht hier über {}?",
        defined=re.compile(
            rf"(?:^|(?<=[.!?]\s))(?P<term>(?:Eine? |Der |Die |Das )?{TERM}) ist "
            r"(?:eine?[nrms]? |definiert )",
            re.MULTILINE,
        ),
        named=re.compile(rf"\b(?:heißt|nennt man) (?:auch )?(?P<term>{TERM})(?=[.,;])"),
        not_terms=words(
            "es er sie wir ihr ich das dies dieser diese dieses der die hier da was wer in im an "
            "am auf zu für bei wenn als dabei damit dort und oder aber ein eine"
        ),
        articles=("Ein", "Eine", "Der", "Die", "Das"),
        conjunction="oder",
    ),
    foreign_questions=(
        "Wer hat 2014 die Fußball-Weltmeisterschaft gewonnen?",
        "Wie setze ich meinen Router zurück?",
        "Bei welcher Temperatur siedet Quecksilber?",
        "Wie lange muss ein Ei kochen, bis es hart ist?",
        "Welcher Planet hat die meisten Monde?",
        "Wie wechsle ich einen Fahrradschlauch?",
        "Was ist die Hauptstadt der Mongolei?",
        "Wer hat die Decke der Sixtinischen Kapelle gemalt?",
        "Wie bekomme ich Rotweinflecken aus dem Teppich?",
        "Woran erkennt man eine Gehirnerschütterung?",
        "Wann wurde der Buchdruck erfunden?",
        "Wie viele Saiten hat ein Cello?",
        "Wann pflanzt man am besten Tomaten?",
        "Wie funktioniert die Photosynthese?",
        "Hat die Apotheke am Sonntag geöffnet?",
        "Wie kündige ich meinen Vertrag im Fitnessstudio?",
        "Welcher Bus fährt zum Flughafen?",
        "Wovon handelt Goethes Faust?",
        "Wie gewöhne ich meinem Welpen das Beißen ab?",
        "Warum ist der Himmel blau?",
        "Wie schwer wird ein Blauwal?",
        "Wozu dient ein Katalysator im Auto?",
        "Wie strickt man einen Schal?",
        "Wer hat das Penicillin entdeckt?",
        "Wie steht der Kurs des japanischen Yen?",
        "Wie wirken Impfungen?",
        "Wie heißt der höchste Berg Afrikas?",
        "Was passiert, wenn ich die Steuererklärung zu spät abgebe?",
        "Welche Schacheröffnung eignet sich für Anfänger?",
        "Wodurch entstehen Erdbeben?",
        "Wie verbinde ich mein Handy mit dem Fernseher?",
        "Wie viele Menschen leben in Brasilien?",
        "Wie wird Käse hergestellt?",
        "Was ziehe ich im Winter zu einer Hochzeit an?",
        "Wie schreibe ich ein Testament?",
        "Welche Vögel ziehen im Herbst nach Süden?",
        "Wie schnell ist das Licht?",
        "Wie verbessere ich meine französische Aussprache?",
        "Wie lange gilt die Garantie der Spülmaschine?",
        "Von wem stammt der Roman Don Quijote?",
        "Was hilft gegen einen Bienenstich?",
        "Was ist ein Haiku?",
        "Wie viele Kalorien hat eine Avocado?",
        "Wann beginnen die Sommerferien?",
        "Worin unterscheiden sich Jazz und Blues?",
        "Wie installiere ich einen Druckertreiber?",
        "Welche Sprache spricht man in Island?",
        "Wie bilden sich Gletscher?",
        "Welche Metalle sind magnetisch?",
        "Wie entkalke ich einen Wasserkocher?",
        "Darf ich meine Katze im Zug mitnehmen?",
        "Was bedeutet Abseits im Fußball?",
        "Warum ging das Römische Reich unter?",
        "Was macht ein Sommelier?",
        "Wie weist man Schwarze Löcher nach?",
        "Welche Nebenwirkungen hat Aspirin?",
        "Wie oft sollte ich einen Kaktus gießen?",
        "Wer führte bei dem Film Casablanca Regie?",
        "Was versteht man unter Zinseszins?",
        "Wie kann ein U-Boot tauchen und wieder auftauchen?",
    ),
)
