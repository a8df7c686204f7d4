"""Spanish."""

from __future__ import annotations

import re

from qa.languages.language import TERM, ExampleQuestions, Language, PageWords, Spelling, words

LANGUAGE = Language(
    code="es",
    stop_words=words(
        """
        el la los las lo un una unos unas al del de a ante bajo con contra desde durante en entre
        hacia hasta para por según sin sobre tras y e o u ni pero sino que porque pues si como
        aunque yo tú él ella ello nosotros vosotros ellos ellas usted ustedes me te se nos os le
        les mi mis tu tus su sus nuestro nuestra nuestros nuestras este esta esto estos estas ese
        esa eso esos esas aquel aquella no sí ya muy más menos también tampoco solo todo toda
        todos todas otro otra otros otras es son era eran fue fueron ser está están estaba hay ha
        han había he sido
        """
    ),
    asking_words=words(
        """
        qué quién quiénes cuál cuáles cuándo dónde adónde cómo cuánto cuánta cuántos cuántas por
        para que puedo puede pueden podría podemos debo debe deben debería hay tengo tiene tienen
        tener hacer hace hacen hago es son era fue fueron será está están ha han he yo me mi mis
        tu su se dime diga decir explica favor significa llama llaman
        """
    ),
    courtesy_words=words(
        """
        hola buenos buenas días tardes noches estimado estimada estimados querido querida equipo
        todos gracias muchas antemano saludos saludo cordial cordiales atentamente favor ayuda
        pregunta espero nuevo nueva aquí perdón disculpe disculpen bienvenido
        """
    ),
    back_references=words(
        """
        este esta esto estos estas ese esa eso esos esas aquel aquella aquello lo le les
        él ella ello ellos ellas su sus suyo suya allí ahí entonces así tal tales mismo misma
        """
    ),
    question_openers=words(
        """
        qué quién quiénes cuál cuáles cuándo dónde adónde cómo cuánto cuánta cuántos cuántas puedo
        puede pueden debo debe hay es son está están tiene tienen
        """
    ),
    question_labels=("Pregunta",),
    of_pages="de",
    page_words=PageWords(
        untitled=(
            r"(?:documento|diapositiva|libro) ?\d+",
            "sin título",
            "presentación de powerpoint",
        ),
        counted=("votos?", "vistas", "visitas", "comentarios?", "respuestas"),
        waiting=("cargando", "espere"),
        prompts=("califica", "te ha .* útil", "suscríbete", "síguenos", "comparte"),
        pointers=(
            r"(?:más|otras|otros)\s+(?:preguntas|artículos|noticias|temas|páginas)",
            r"(?:preguntas|artículos|temas)\s+relacionad[ao]s",
        ),
        interruptions=("publicidad", "anuncio", "volver arriba", "compartir"),
        consent=("aceptar", "rechazar", "permitir"),
        choices=("configurar", "preferencias", "más información"),
    ),
    plural_ending="s",
    spelling=Spelling(
        keyboard_rows=("qwertyuiop", "asdfghjklñ", "zxcvbnm"), word_endings=frozenset("saoenr")
    ),
    examples=ExampleQuestions(
        acronym="¿Qué significa {}?",
        term="¿Qué es {}?",
        heading="¿Qué dice sobre {}?",
        defined=re.compile(
            rf"(?:^|(?<=[.!?]\s))(?P<term>(?:Una? |El |La |Los |Las )?{TERM}) es "
            r"(?:una? |el proceso |definid[oa] )",
            re.MULTILINE,
        ),
        named=re.compile(rf"\bse (?:llama|conoce como) (?:también )?(?P<term>{TERM})(?=[.,;])"),
        not_terms=words(
            "esto este esta eso ese esa ello él ella lo la el que qué quien aquí en por para si "
            "cuando como y o pero uno una un no"
        ),
        articles=("Un", "Una", "El", "La"),
        conjunction="o",
    ),
    foreign_questions=(
        "¿Quién ganó el Mundial de fútbol de 2010?",
        "¿Cómo reinicio el router de casa?",
        "¿A qué temperatura hierve el mercurio?",
        "¿Cuánto tiempo hay que cocer un huevo duro?",
        "¿Qué planeta tiene más lunas?",
        "¿Cómo se cambia la rueda de una bicicleta?",
        "¿Cuál es la capital de Mongolia?",
        "¿Quién pintó el techo de la Capilla Sixtina?",
        "¿Cómo quito una mancha de vino tinto de la alfombra?",
        "¿Cuáles son los síntomas de una conmoción cerebral?",
        "¿Cuándo se inventó la imprenta?",
        "¿Cuántas cuerdas tiene un violonchelo?",
        "¿Cuál es la mejor época para plantar tomates?",
        "¿Cómo funciona la fotosíntesis?",
        "¿A qué hora cierra la farmacia los domingos?",
        "¿Cómo me doy de baja del gimnasio?",
        "¿Qué autobús va al aeropuerto?",
        "¿De qué trata La vida es sueño?",
        "¿Cómo enseño a mi cachorro a no morder?",
        "¿Por qué el cielo es azul?",
        "¿Cuánto pesa una ballena azul?",
        "¿Para qué sirve el catalizador de un coche?",
        "¿Cómo se teje una bufanda?",
        "¿Quién descubrió la penicilina?",
        "¿A cuánto está el cambio del yen?",
        "¿Cómo actúan las vacunas en el cuerpo?",
        "¿Cuál es la montaña más alta de África?",
        "¿Qué pasa si presento tarde la declaración de la renta?",
        "¿Qué apertura de ajedrez conviene a un principiante?",
        "¿Qué causa los terremotos?",
        "¿Cómo conecto el móvil al televisor?",
        "¿Cuántos habitantes tiene Brasil?",
        "¿Cómo se elabora el queso?",
        "¿Qué ropa me pongo para una boda en invierno?",
        "¿Cómo se redacta un testamento?",
        "¿Qué aves emigran en otoño?",
        "¿A qué velocidad viaja la luz?",
        "¿Cómo puedo mejorar mi pronunciación del francés?",
        "¿Cuántos años de garantía tiene el lavavajillas?",
        "¿Quién escribió Cien años de soledad?",
        "¿Qué hago si me pica una abeja?",
        "¿Qué es un haiku?",
        "¿Cuántas calorías tiene un aguacate?",
        "¿Cuándo empiezan las vacaciones escolares?",
        "¿En qué se diferencian el jazz y el blues?",
        "¿Cómo instalo el controlador de la impresora?",
        "¿Qué idioma se habla en Islandia?",
        "¿Cómo se forman los glaciares?",
        "¿Qué metales atrae un imán?",
        "¿Cómo elimino la cal de un hervidor?",
        "¿Puedo viajar en tren con mi gato?",
        "¿En qué consiste el fuera de juego?",
        "¿Por qué cayó el Imperio romano?",
        "¿A qué se dedica un sumiller?",
        "¿Cómo se detecta un agujero negro?",
        "¿Qué efectos secundarios tiene la aspirina?",
        "¿Cada cuánto se riega un cactus?",
        "¿Quién dirigió la película Casablanca?",
        "¿Qué es el interés compuesto?",
        "¿Cómo se sumerge y emerge un submarino?",
    ),
)
