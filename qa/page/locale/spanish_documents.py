# ruff: noqa: E501
"""The words of the tab "Documents" in Spanish, by their English text."""

SPANISH_DOCUMENTS: dict[str, str] = {
    "Sentences": ("Frases"),
    "about {time} left of this step": ("quedan unos {time} de este paso"),
    "Added: {number}": ("Añadidos: {number}"),
    "Changed: {number}": ("Cambiados: {number}"),
    "Removed: {number}": ("Quitados: {number}"),
    "Passage {number}": ("Pasaje {number}"),
    "Added": ("Desde"),
    "Notes": ("Notas"),
    "Actions": ("Acciones"),
    "Preview": ("Vista previa"),
    "Remove": ("Quitar"),
    "No title or source holds “{words}”.": ("Ningún título ni origen contiene «{words}»."),
    "Type fewer or other words, or clear the field to see all.": (
        "Escriba menos palabras u otras, o vacíe el campo para verlos todos."
    ),
    "The index holds no document yet.": ("El índice aún no contiene documentos."),
    "Add a text, a file or a folder above to begin.": (
        "Para empezar, añada arriba un texto, un archivo o una carpeta."
    ),
    "Same text as {names}": ("El mismo texto que {names}"),
    "{pieces} left out": ("{pieces} omitidos"),
    "Remove this document?": ("¿Quitar este documento?"),
    "The index is rebuilt without it. A file outside of the folder of added files stays where it is.": (
        "El índice se reconstruye sin él. Un archivo fuera de la carpeta de archivos añadidos se queda donde está."
    ),
    "Leave no trace: drop older generations and caches too": (
        "Sin dejar rastro: borrar también generaciones anteriores y cachés"
    ),
    "Keep it": ("Conservarlo"),
    "Generation": ("Generación"),
    "Built": ("Construida"),
    "Size": ("Tamaño"),
    "Pinned": ("Fijadas"),
    "pinned": ("fijadas"),
    "There is no generation yet.": ("Aún no hay ninguna generación."),
    "Add documents above: each rebuild makes one, and the last few are kept.": (
        "Añada documentos arriba: cada reconstrucción crea una, y se conservan las últimas."
    ),
    "History": ("Historial"),
    "Live": ("Activa"),
    "Go back to {name}": ("Volver a {name}"),
    "Go back": ("Volver"),
    "{name} is live now; questions are answered from it.": (
        "{name} está activa ahora; las preguntas se responden con ella."
    ),
    "Removed: {names}": ("Quitadas: {names}"),
    "There was nothing to remove.": ("No había nada que quitar."),
    "Remove old generations": ("Quitar generaciones antiguas"),
    "Passes": ("Pasa"),
    "Fails": ("Falla"),
    "Not tried": ("Sin probar"),
    "Questions that every rebuild tries before it takes over. Leave the expected text empty where the documents must not answer.": (
        "Preguntas que cada reconstrucción prueba antes de entrar en uso. Deje vacío el texto esperado donde los documentos no deban responder."
    ),
    "No question is pinned yet.": ("Aún no hay ninguna pregunta fijada."),
    "Write one below with words that its answer must hold.": (
        "Escriba una abajo, con palabras que su respuesta deba contener."
    ),
    "Question": ("Pregunta"),
    "Expected": ("Esperado"),
    "Result": ("Resultado"),
    "Unpin": ("Soltar"),
    "Pinned questions": ("Preguntas fijadas"),
    "Question to pin": ("Pregunta para fijar"),
    "Expected text": ("Texto esperado"),
    "Pin": ("Fijar"),
    "Path on the server": ("Ruta en el servidor"),
    "For example: /data/manuals": ("Por ejemplo: /datos/manuales"),
    "Add path and rebuild": ("Añadir ruta y reconstruir"),
    "Search titles and sources": ("Buscar en títulos y orígenes"),
    "Adding by path is switched off; the owner of this page allows it with QA_ALLOW_PATHS.": (
        "Añadir por ruta está desactivado; quien mantiene esta página lo permite con QA_ALLOW_PATHS."
    ),
    "The path is empty; give the path of a file or folder on the server.": (
        "La ruta está vacía; indique la ruta de un archivo o carpeta del servidor."
    ),
    "The path is not complete; give it from the root, such as /data/manuals.": (
        "La ruta no está completa; indíquela desde la raíz, como /data/manuals."
    ),
    "There is no such file or folder on the server.": (
        "No existe tal archivo o carpeta en el servidor."
    ),
    "This document cannot be removed any more; open the tab again.": (
        "Este documento ya no se puede quitar; vuelva a abrir la pestaña."
    ),
}
