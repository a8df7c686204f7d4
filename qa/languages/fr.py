"""French."""

from __future__ import annotations

import re

from qa.languages.language import TERM, ExampleQuestions, Language, PageWords, Spelling, words

LANGUAGE = Language(
    code="fr",
    stop_words=words(
        """
        le la les l un une des du de d au aux à en dans par pour sur sous avec sans chez entre vers
        depuis pendant avant après contre et ou où mais donc or ni car que qu si comme quand parce
        je j tu il elle on nous vous ils elles me m te t se s lui leur leurs mon ma mes ton ta tes
        son sa ses notre nos votre vos ce c cet cette ces cela ça ne n pas plus moins très aussi
        tout toute tous toutes même autre autres y est sont était étaient être été a ont avait avoir
        suis es sommes êtes ai as avons avez sera seront fait
        """
    ),
    asking_words=words(
        """
        qui que qu quoi quel quelle quels quelles lequel laquelle lesquels lesquelles quand où
        comment combien pourquoi est ce sont était peut peux pouvez pouvons peuvent pourrait puis
        dois doit doivent devrait faut faire fait fais avoir a ont ai avez je j tu il elle on nous
        vous me moi mon ma mes dites dire expliquez signifie appelle veut
        """
    ),
    courtesy_words=words(
        """
        bonjour bonsoir salut madame monsieur cher chère chers équipe tous merci beaucoup avance
        cordialement cordiales salutations bien amicalement svp plaît aide question espère nouveau
        nouvelle ici pardon excusez bienvenue
        """
    ),
    back_references=words(
        """
        ce cet cette ces cela ça ceci celui celle ceux celles il elle ils elles lui leur
        leurs y son sa ses alors ainsi là tel telle tels telles même sinon
        """
    ),
    question_openers=words(
        """
        qui que quoi quel quelle quels quelles quand où comment combien pourquoi est peut puis
        dois doit faut
        """
    ),
    question_labels=("Question",),
    of_pages="sur",
    page_words=PageWords(
        untitled=(
            r"(?:document|diapositive|classeur) ?\d+",
            "sans titre",
            "présentation powerpoint",
        ),
        consent=("accepter", "refuser"),
    ),
    plural_ending="s",
    spelling=Spelling(
        keyboard_rows=("azertyuiop", "qsdfghjklm", "wxcvbn"), word_endings=frozenset("sextrz")
    ),
    examples=ExampleQuestions(
        acronym="Que signifie {} ?",
        term="Que signifie « {} » ?",
        heading="Que disent les textes sur {} ?",
        defined=re.compile(
            rf"(?:^|(?<=[.!?]\s))(?P<term>(?:Une? |Le |La |Les )?{TERM}) est "
            r"(?:une? |le processus |définie? )",
            re.MULTILINE,
        ),
        named=re.compile(rf"\b(?:s'appelle|est appelée?) (?:aussi )?(?P<term>{TERM})(?=[.,;])"),
        not_terms=words(
            "ce cet cette ces cela ça il elle ils elles on je tu nous vous le la les un une des du "
            "qui que quoi ici en par pour si quand comme et ou mais donc tout chaque"
        ),
        articles=("Un", "Une", "Le", "La", "Les"),
        conjunction="ou",
    ),
    foreign_questions=(
        "Qui a gagné la Coupe du monde de football en 1998 ?",
        "Comment réinitialiser ma box internet ?",
        "À quelle température le mercure bout-il ?",
        "Combien de temps faut-il cuire un œuf dur ?",
        "Quelle planète possède le plus de lunes ?",
        "Comment changer la chambre à air d'un vélo ?",
        "Quelle est la capitale de la Mongolie ?",
        "Qui a peint le plafond de la chapelle Sixtine ?",
        "Comment enlever une tache de vin rouge sur un tapis ?",
        "Quels sont les signes d'une commotion cérébrale ?",
        "Quand l'imprimerie a-t-elle été inventée ?",
        "Combien de cordes compte un violoncelle ?",
        "À quelle période planter les tomates ?",
        "Comment fonctionne la photosynthèse ?",
        "La pharmacie est-elle ouverte le dimanche ?",
        "Comment résilier mon abonnement à la salle de sport ?",
        "Quel bus va à l'aéroport ?",
        "Que raconte Le Malade imaginaire ?",
        "Comment apprendre à un chiot à ne pas mordre ?",
        "Pourquoi le ciel est-il bleu ?",
        "Combien pèse une baleine bleue ?",
        "À quoi sert un pot catalytique ?",
        "Comment tricoter une écharpe ?",
        "Qui a découvert la pénicilline ?",
        "Quel est le cours du yen aujourd'hui ?",
        "Comment agissent les vaccins ?",
        "Quelle est la plus haute montagne d'Afrique ?",
        "Que se passe-t-il si je déclare mes impôts en retard ?",
        "Quelle ouverture aux échecs convient à un débutant ?",
        "Qu'est-ce qui provoque les tremblements de terre ?",
        "Comment relier mon téléphone à la télévision ?",
        "Combien d'habitants le Brésil compte-t-il ?",
        "Comment fabrique-t-on le fromage ?",
        "Que porter à un mariage en hiver ?",
        "Comment rédiger un testament ?",
        "Quels oiseaux migrent en automne ?",
        "Quelle est la vitesse de la lumière ?",
        "Comment améliorer ma prononciation de l'anglais ?",
        "Combien d'années dure la garantie du lave-vaisselle ?",
        "Qui est l'auteur des Misérables ?",
        "Que faire après une piqûre d'abeille ?",
        "Qu'est-ce qu'un haïku ?",
        "Combien de calories contient un avocat ?",
        "Quand commencent les vacances scolaires ?",
        "Quelle différence y a-t-il entre le jazz et le blues ?",
        "Comment installer le pilote de l'imprimante ?",
        "Quelle langue parle-t-on en Islande ?",
        "Comment se forment les glaciers ?",
        "Quels métaux sont attirés par un aimant ?",
        "Comment détartrer une bouilloire ?",
        "Puis-je prendre le train avec mon chat ?",
        "En quoi consiste la règle du hors-jeu ?",
        "Pourquoi l'Empire romain s'est-il effondré ?",
        "Quel est le métier d'un sommelier ?",
        "Comment détecte-t-on un trou noir ?",
        "Quels sont les effets secondaires de l'aspirine ?",
        "Tous les combien faut-il arroser un cactus ?",
        "Qui a réalisé le film Casablanca ?",
        "Comment calcule-t-on les intérêts composés ?",
        "Comment un sous-marin plonge-t-il puis remonte-t-il ?",
    ),
)
