# ruff: noqa: E501
"""The words of the map and of "Quality" in Spanish, by their English text."""

SPANISH_INSIGHT: dict[str, str] = {
    "Understand": "Entender",
    "Why not?": "¿Por qué no?",
    "Map": "Mapa",
    "Quality": "Calidad",
    "Map of the passages": "Mapa de los pasajes",
    "Each point is a passage; points that lie near each other are often about the same. Open one with a click. Ask a question to see where it falls, as a star, and its hits, numbered.": (
        "Cada punto es un pasaje; los puntos cercanos suelen tratar de lo mismo. Un clic abre uno. Haga una pregunta para ver dónde cae (una estrella) y sus resultados (con número)."
    ),
    "The map holds {share} of what tells the passages apart, so nearness on it is only a hint: the ranking looks at all of it.": (
        "El mapa contiene el {share} de lo que distingue los pasajes; la cercanía es solo un indicio: la clasificación lo mira todo."
    ),
    "All other documents": "Todos los demás documentos",
    "{shown} of {total} passages are shown, spread evenly.": (
        "Se muestran {shown} de {total} pasajes, repartidos por igual."
    ),
    "There is no passage to show yet.": "Todavía no hay pasajes que mostrar.",
    "No question yet.": "Todavía no hay pregunta.",
    "Nothing was found for this question.": "No se encontró nada para esta pregunta.",
    "Hits": "Resultados",
    "Question on the map": "Pregunta en el mapa",
    "Show": "Mostrar",
    "The map is being drawn …": "Se está dibujando el mapa …",
    "Quality of the answers": "Calidad de las respuestas",
    "What is known on this machine of how good the answers are: from the pinned questions, the questions that were asked, and the verdicts on answers.": (
        "Lo que se sabe en este equipo de la calidad de las respuestas: por las preguntas fijadas, las preguntas hechas y los juicios sobre las respuestas."
    ),
    "The figures are being made …": "Se están calculando las cifras …",
    "The numbers": "Las cifras",
    "Is it as sure as it should be?": "¿Está tan seguro como debe?",
    "How sure the answers were": "Qué seguras fueron las respuestas",
    "Signals side by side": "Las señales comparadas",
    "Nothing to compare with yet.": "Todavía no hay con qué comparar.",
    "Judge answers with the thumbs on the tab “Ask”, or pin questions on the tab “Documents”.": (
        "Juzgue respuestas con los pulgares en «Preguntar», o fije preguntas en «Documentos»."
    ),
    "Of answers that are {low} sure, about {low} should be right: the closer to the dashed line, the better. Mean distance: {error} (expected calibration error), from {number}.": (
        "De las respuestas seguras al {low}, cerca del {low} deberían ser correctas: cuanto más cerca de la línea discontinua, mejor. Distancia media: {error} (expected calibration error), de {number}."
    ),
    "Questions are not kept here.": "Aquí no se guardan las preguntas.",
    "The setting QA_FEEDBACK=yes keeps them.": "El ajuste QA_FEEDBACK=yes las guarda.",
    "No question was asked yet.": "Todavía no se hizo ninguna pregunta.",
    "Ask on the tab “Ask”; each question counts.": "Pregunte en «Preguntar»; cada pregunta cuenta.",
    "{number} asked. Below the threshold of {threshold} the answer is “not in these documents”; many questions close to it are a reason to judge some of them.": (
        "{number} en total. Por debajo del umbral de {threshold} la respuesta es «no está en estos documentos»; muchas preguntas cerca de él son motivo para juzgar algunas."
    ),
    "Fewer than {enough} questions: this says little yet.": (
        "Menos de {enough} preguntas: esto dice poco todavía."
    ),
    "Open “Pinned questions” on the tab “Documents”, and write one with words that its answer must hold.": (
        "Abra «Preguntas fijadas» en «Documentos» y escriba una con palabras que su respuesta deba contener."
    ),
    "{passed} of {number} pass.": "{passed} de {number} se cumplen.",
    "No result of an evaluation is given.": "No se indicó ningún resultado de una evaluación.",
    "Run {command} and start the page with QA_EVALUATION=FILE.": (
        "Ejecute {command} e inicie la página con QA_EVALUATION=FILE."
    ),
    "{name}, {at}: {questions}, {passages}, model {model}. In brackets the 95 % interval.": (
        "{name}, {at}: {questions}, {passages}, modelo {model}. Entre paréntesis el intervalo del 95 %."
    ),
    "These are figures of the full ranking only; --compare adds each signal alone.": (
        "Son solo cifras de la clasificación completa; --compare añade cada señal por separado."
    ),
    "Measure": "Medida",
    "Ranking by": "Orden según",
    "Full ranking": "Clasificación completa",
    "Passage vectors": "Vectores de los pasajes",
    "Best sentence": "Mejor frase",
    "Words (BM25)": "Palabras (BM25)",
    "Vectors and words by rank (RRF)": "Vectores y palabras por puesto (RRF)",
    "Confidence": "Confianza",
    "Mean confidence": "Confianza media",
    "Share right": "Parte correcta",
    "Confidence against the share of right answers": "Confianza y parte de respuestas correctas",
    "{confidence} sure, {right} right": "{confidence} de confianza, {right} correctas",
    "Questions by confidence: {answered} answered, {unanswered} not": (
        "Preguntas por confianza: {answered} con respuesta, {unanswered} sin ella"
    ),
    "Answered": "Con respuesta",
    "Not answered": "Sin respuesta",
    "Threshold": "Umbral",
    "question": "pregunta",
    "questions": "preguntas",
}
