# ruff: noqa: E501
"""The words of "Why this passage?" and "Why not?" in Spanish, by their English text."""

SPANISH_UNDERSTAND: dict[str, str] = {
    "Understand": ("Entender"),
    "Why not?": ("¿Por qué no?"),
    "Why this passage?": ("¿Por qué este pasaje?"),
    "Expected something else?": ("¿Esperaba otra cosa?"),
    "What gives this passage its score": ("Qué da a este pasaje su puntuación"),
    "What each signal gives to the score": ("Qué aporta cada señal a la puntuación"),
    "Signal": ("Señal"),
    "Gives to the score": ("Aporta a la puntuación"),
    "Score": ("Puntuación"),
    "Your text": ("Su texto"),
    "First hit": ("Primer resultado"),
    "Difference": ("Diferencia"),
    "Meaning of the passage": ("Significado del pasaje"),
    "cosine of question and passage": ("coseno entre pregunta y pasaje"),
    "Meaning of its best sentence": ("Significado de su mejor frase"),
    "cosine of question and sentence": ("coseno entre pregunta y frase"),
    "Keywords": ("Palabras clave"),
    "BM25 as a share of the most it could be": ("BM25 como parte del máximo posible"),
    "Title and headings": ("Título y encabezados"),
    "cosine of question and headings": ("coseno entre pregunta y encabezados"),
    "Words of the question": ("Palabras de la pregunta"),
    "share of them in the passage, by rarity": ("parte de ellas en el pasaje, según su rareza"),
    "Words in one sentence": ("Palabras en una frase"),
    "the largest share in one sentence, by rarity": (
        "la mayor parte en una frase, según su rareza"
    ),
    "Form of the answer": ("Forma de la respuesta"),
    "every word in one sentence, or the form asked for": (
        "todas las palabras en una frase, o la forma pedida"
    ),
    "In this passage": ("En este pasaje"),
    "Not in this passage": ("No en este pasaje"),
    "In no passage at all": ("En ningún pasaje"),
    "You expected another answer? Write the question, and some words of the text that should have answered it. You see which step lost that text, and what would help.": (
        "¿Esperaba otra respuesta? Escriba la pregunta y algunas palabras del texto que debía responderla. Verá qué paso perdió ese texto y qué ayudaría."
    ),
    "The question": ("La pregunta"),
    "Words of the text that you expected": ("Palabras del texto que esperaba"),
    "Show where it went": ("Mostrar dónde quedó"),
    "yes": ("sí"),
    "no": ("no"),
    "In a document": ("En un documento"),
    "In a passage": ("En un pasaje"),
    "Among the candidates": ("Entre los candidatos"),
    "Shown by itself": ("Mostrado por sí mismo"),
    "First in the ranking": ("Primero en la clasificación"),
    "Sure enough": ("Bastante seguro"),
    "In the marked sentence": ("En la frase marcada"),
    "Another passage beat it, mostly by this: {signal}.": (
        "Otro pasaje lo superó, sobre todo por esto: {signal}."
    ),
    "Nothing lost it: it is the answer.": ("Nada lo perdió: es la respuesta."),
    "It is in no document of the index.": ("No está en ningún documento del índice."),
    "It is no candidate, because its words do not match the question's.": (
        "No es candidato, porque sus palabras no coinciden con las de la pregunta."
    ),
    "It is no candidate, because the setting candidates is only {0}.": (
        "No es candidato, porque el ajuste candidates es solo {0}."
    ),
    "It was folded into a passage that is nearly the same, at rank {0}.": (
        "Se unió a un pasaje casi igual, en el puesto {0}."
    ),
    "It is first, but the confidence is below the threshold.": (
        "Es el primero, pero la confianza está por debajo del umbral."
    ),
    "Its passage is first, but another sentence of it is marked.": (
        "Su pasaje es el primero, pero está marcada otra frase de él."
    ),
    "The expected text is empty; give some words that should be found.": (
        "El texto esperado está vacío; dé algunas palabras que deban encontrarse."
    ),
}
