"""The page's words in Spanish, by their English text."""

from qa.page.locale.spanish_documents import SPANISH_DOCUMENTS
from qa.page.locale.spanish_insight import SPANISH_INSIGHT
from qa.page.locale.spanish_understand import SPANISH_UNDERSTAND

SPANISH: dict[str, str] = {
    **SPANISH_DOCUMENTS,
    **SPANISH_INSIGHT,
    **SPANISH_UNDERSTAND,
    # Everywhere
    "Ask your documents": "Pregunte a sus documentos",
    "Exact passages, the answering sentence marked, or an honest “not in these documents”.": (
        "Pasajes exactos, la frase que responde marcada, o un honesto «no está en estos "
        "documentos»."
    ),
    "Ask": "Preguntar",
    "Documents": "Documentos",
    "There is no index yet, so nothing can be answered.": (
        "Aún no hay índice, así que no se puede responder nada."
    ),
    "Open “Documents”, add a text or a file, and press “Add and rebuild”.": (
        "Abra «Documentos», añada un texto o un archivo y pulse «Añadir y reconstruir»."
    ),
    "The owner of this page builds it with: python -m qa index": (
        "Quien mantiene esta página lo construye con: python -m qa index"
    ),
    "Something went wrong on our side; the details are in the server's log.": (
        "Algo ha fallado por nuestra parte; los detalles están en el registro del servidor."
    ),
    "document": "documento",
    "documents": "documentos",
    "passage": "pasaje",
    "passages": "pasajes",
    "sentence": "frase",
    "sentences": "frases",
    "word": "palabra",
    "words": "palabras",
    "file": "archivo",
    "files": "archivos",
    "piece": "trozo",
    "pieces": "trozos",
    "byte": "byte",
    "bytes": "bytes",
    "new vector": "vector nuevo",
    "new vectors": "vectores nuevos",
    # Ask
    "Your question": "Su pregunta",
    "Ask in your own words": "Pregunte con sus propias palabras",
    "Only in": "Solo en",
    "all documents": "todos",
    "Passages": "Pasajes",
    "Try": "Pruebe",
    "Answer": "Respuesta",
    "Searched for: {question}": "Se buscó: {question}",
    "Very likely": "Muy probable",
    "Likely": "Probable",
    "Possibly": "Posible",
    "{percent} probability": "{percent} de probabilidad",
    "page {page}": "página {page}",
    "characters {start}–{end}": "caracteres {start}–{end}",
    " of {length}": " de {length}",
    "Also in": "También en",
    "another document": "otro documento",
    "Show in document": "Ver en el documento",
    "Copy with citation": "Copiar con la cita",
    "Copied": "Copiado",
    "It could not be copied; select the text instead.": ("No se pudo copiar; seleccione el texto."),
    "Further passages": "Otros pasajes",
    "Closest passages": "Pasajes más cercanos",
    "Not in these documents": "No está en estos documentos",
    "The index holds nothing that comes near this question.": (
        "El índice no contiene nada que se acerque a esta pregunta."
    ),
    "The {passages} that come closest are below, but the best of them answers with only "
    "{percent} probability.": (
        "Abajo están los {passages} más cercanos, pero el mejor responde solo con un {percent} "
        "de probabilidad."
    ),
    "The passage that comes closest is below, but it answers with only {percent} probability.": (
        "Abajo está el pasaje más cercano, pero responde solo con un {percent} de probabilidad."
    ),
    "The index has changed since this link was made.": (
        "El índice ha cambiado desde que se hizo este enlace."
    ),
    "The question was asked again; the answer may be another one.": (
        "Se ha vuelto a hacer la pregunta; la respuesta puede ser otra."
    ),
    "Your questions on this device": "Sus preguntas en este dispositivo",
    "Clear": "Borrar",
    "Message": "Mensaje",
    # The document's dialog
    "Document": "Documento",
    "Page {page}": "Página {page}",
    "Hit {at} of {hits}": "Resultado {at} de {hits}",
    "Previous hit": "Resultado anterior",
    "Next hit": "Resultado siguiente",
    "Text of the document": "Texto del documento",
    "Close": "Cerrar",
    # Documents
    "Add documents": "Añadir documentos",
    "Text, Markdown, HTML, PDF, Word, PowerPoint, Excel, EPUB, e-mail and more. They are saved in "
    "the corpus folder, then the index is rebuilt.": (
        "Texto, Markdown, HTML, PDF, Word, PowerPoint, Excel, EPUB, correo y más. Se guardan en "
        "la carpeta del corpus y después se reconstruye el índice."
    ),
    "Name": "Nombre",
    "Text": "Texto",
    "Files": "Archivos",
    "For example: Refund policy": "Por ejemplo: Política de devoluciones",
    "Paste a text here": "Pegue aquí un texto",
    "Add and rebuild": "Añadir y reconstruir",
    "Rebuild": "Reconstruir",
    "Cancel": "Cancelar",
    "There is no index yet.": "Aún no hay índice.",
    "The index": "El índice",
    "In the index": "En el índice",
    "Title": "Título",
    "Source": "Fuente",
    "Words": "Palabras",
    "model {name}": "modelo {name}",
    "built {when}": "construido el {when}",
    "at an unknown time": "en un momento desconocido",
    "{day} {month} {year}, {time} UTC": "{day} de {month} de {year}, {time} UTC",
    "January": "enero",
    "February": "febrero",
    "March": "marzo",
    "April": "abril",
    "May": "mayo",
    "June": "junio",
    "July": "julio",
    "August": "agosto",
    "September": "septiembre",
    "October": "octubre",
    "November": "noviembre",
    "December": "diciembre",
    "… and {documents} more.": "… y {documents} más.",
    "Reading files": "Leer archivos",
    "Preparing the model": "Preparar el modelo",
    "Cutting passages": "Cortar pasajes",
    "Embedding sentences": "Vectorizar frases",
    "Writing the index": "Escribir el índice",
    "Switching over": "Cambiar al nuevo",
    "{done} of {total} ({share}%)": "{done} de {total} ({share} %)",
    "Questions are still answered from the index that was there before.": (
        "Las preguntas se siguen respondiendo con el índice anterior."
    ),
    "Saved all the same, for the next rebuild: {names}.": (
        "Guardado de todos modos, para la próxima vez: {names}."
    ),
    "{name} could not be added.": "{name} no se pudo añadir.",
    "{name} is not in the index.": "{name} no está en el índice.",
    "Added {names}": "Añadido: {names}",
    "The index is rebuilt": "El índice está reconstruido",
    "{documents}, {passages}, {vectors}, {reused} reused, in {time}.": (
        "{documents}, {passages}, {vectors}, {reused} reutilizados, en {time}."
    ),
    "{files} skipped": "{files} omitidos",
    "{pieces} of page furniture left out": "{pieces} de relleno de página omitidos",
    # Sentences of errors; {0}, {1} … stand for their figures and quoted names
    "The question is empty; type what you want to know.": (
        "La pregunta está vacía; escriba lo que quiere saber."
    ),
    "The question has {0} characters; ask in at most {1}.": (
        "La pregunta tiene {0} caracteres; use como mucho {1}."
    ),
    "{0} is no number of passages; ask for {1} to {2}.": (
        "{0} no es un número de pasajes; pida de {1} a {2}."
    ),
    "No document lies in {0}; give a document's source, a folder, or a pattern such as *.pdf.": (
        "Ningún documento está en {0}; indique la fuente de un documento, una carpeta o un patrón "
        "como *.pdf."
    ),
    "This passage cannot be found any more; ask the question again.": (
        "Este pasaje ya no se encuentra; vuelva a hacer la pregunta."
    ),
    "A rebuild is already running; wait for it or cancel it.": (
        "El índice ya se está reconstruyendo; espere o cancele."
    ),
    "There is nothing to add: paste a text, or choose a file.": (
        "No hay nada que añadir: pegue un texto o elija un archivo."
    ),
    "The text is empty; paste the text that should be searched.": (
        "El texto está vacío; pegue el texto que se debe buscar."
    ),
    "The build was stopped; the index that was there before is unchanged.": (
        "La construcción se detuvo; el índice anterior no ha cambiado."
    ),
    # Verdicts and questions
    "Questions": "Preguntas",
    "Is this right?": "¿Es correcto?",
    "This is right": "Es correcto",
    "This is wrong": "Es incorrecto",
    "Right, it is not there": "Correcto, no está",
    "Wrong, it is there": "Incorrecto, sí está",
    "This is the right passage": "Este es el pasaje correcto",
    "Thank you. This is kept on this machine.": "Gracias. Esto se guarda en este equipo.",
    "No question is without an answer so far.": "Hasta ahora ninguna pregunta queda sin respuesta.",
    "Similar questions: {number}": "Preguntas parecidas: {number}",
    "asked once": "preguntada una vez",
    "asked {times} times": "preguntada {times} veces",
    "the answer was called wrong": "la respuesta se marcó como incorrecta",
    "confirmed: not there": "confirmado: no está",
    "closest: {source}": "lo más cercano: {source}",
    "No answer was judged yet, so there is no file.": (
        "Aún no se ha valorado ninguna respuesta, así que no hay archivo."
    ),
    "These questions got no answer, or one that was called wrong; those that ask much the same "
    "stand together. They show what the documents lack.": (
        "Estas preguntas no obtuvieron respuesta, o una que se marcó como incorrecta; las "
        "parecidas van juntas. Muestran lo que falta en los documentos."
    ),
    "Unanswered questions": "Preguntas sin respuesta",
    "The judged questions with their right texts, for python -m qa evaluate and pinned questions. "
    "All of it lies in the index folder; nothing leaves this machine.": (
        "Las preguntas valoradas con sus textos correctos, para python -m qa evaluate y las "
        "preguntas fijadas. Todo está en la carpeta del índice; nada sale de este equipo."
    ),
    "Judged questions": "Preguntas valoradas",
    "Download judged questions": "Descargar las preguntas valoradas",
    "This passage cannot be judged any more; ask the question again.": (
        "Este pasaje ya no se puede valorar; haga la pregunta otra vez."
    ),
}
