"""English, the language for which every feature is there."""

from __future__ import annotations

import re

from qa.languages.language import (
    TERM,
    AnswerTypes,
    ExampleQuestions,
    Language,
    PageWords,
    Spelling,
    words,
)

_DATE = re.compile(
    r"\b(1\d{3}|20\d\d)s?\b|\b\d{1,2}[:.]\d\d\b|\b(january|february|april|june|july|"
    r"august|september|october|november|december|century|(?-i:BC|AD)|monday|tuesday|wednesday|"
    r"thursday|friday|saturday|sunday)\b"
    r"|\b\d{1,2}(?:st|nd|rd|th)?(?: of)? (?:march|may)\b|\b(?:march|may) \d"
    r"|\b(?:in|by|since|until|till|of|from|to|and|or|early|mid|late|next|last|this|every|each)"
    r"[ -](?-i:March|May)\b",
    re.IGNORECASE,
)
"""A verb is no month: "march" and "may" need a day beside them, or a capital letter and a word
that stands before months."""

_PRONOUN_BEFORE = "this that the which each every another last first next only no any some".split()
_NUMBER = re.compile(
    r"\d|\b(two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|twenty|thirty|"
    r"forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million|billion|half|third|"
    r"quarter)\b|"
    + "".join(rf"(?<!\b{word} )" for word in _PRONOUN_BEFORE)
    + r"\bone[ -](?!(?:of|is|was|can|could|may|might|must|should|shall|will|would|has|had|needs?"
    r"|who|that|which|to|in|on|at|by|for|from|with|and|or|as|but|another|thing|way)\b)[a-z]",
    re.IGNORECASE,
)
"""A pronoun is no number: "one" counts before a noun ("one month"), not in "this one" or "one may".
"""

_REASON = re.compile(
    r"\b(because|since|due to|owing to|in order to|so that|so as to|reasons?|purpose"
    r"|results? (?:in|of)"
    r"|(?:us(?:e|es|ed|ing)|helps?|allows?|enables?)\b.{1,60}?\bto \w+)\b",
    re.IGNORECASE,
)
_ASKS_DATE = re.compile(
    r"\bwhen\b|\b(what|which) (year|date|day|month|century|decade|time)\b", re.IGNORECASE
)
_ASKS_NUMBER = re.compile(
    r"\bhow (many|much|long|old|far|large|big|tall|high|fast|often|wide|deep|heavy)\b|"
    r"\bwhat (percent|percentage|number|amount|proportion|share)\b",
    re.IGNORECASE,
)
_ASKS_REASON = re.compile(
    r"\bwhy\b|\bwhat (?:is|was|are|were) the (?:reasons?|purpose)\b", re.IGNORECASE
)

LANGUAGE = Language(
    code="en",
    stop_words=words(
        """
        a an the and or but if of at by for with about to from in on is are was were be been it its
        this that these those he she they we you i my your their our not no as than then so do does
        did has have had can could will would should may might must who what which when where why
        how there here
        """
    ),
    asking_words=words(
        """
        what who whom whose which when where why how do does did doing done is are was were am be
        been can could should would may might shall will must have has had get got tell me please
        i my you your we our us about there whats many much mean means one ones other another each
        both which kind type sort thing things called
        """
    ),
    courtesy_words=words(
        """
        hi hello hey dear sir madam team everyone everybody all guys good morning afternoon evening
        day thanks thank advance regards greetings wishes kind best cheers please help sorry hope
        wondering question appreciate appreciated welcome new here well
        """
    ),
    back_references=words(
        """
        this that these those it its they them their he him his she her hers one so such same there
        then otherwise instead
        """
    ),
    question_openers=words(
        """
        how what why when where who whom whose which can could do does did is are was were should
        will would may must have has
        """
    ),
    question_labels=("Q", "Question"),
    of_pages="of",
    page_words=PageWords(
        untitled=(
            r"(?:document|layout|slide|book|presentation) ?\d+",
            "untitled.*",
            "no title",
            "(?:powerpoint )?presentation",
        ),
        counted=(
            "votes?",
            "views?",
            "likes?",
            "shares?",
            "comments?",
            "replies",
            "followers?",
            "read",
        ),
        waiting=("loading", "please wait"),
        prompts=(
            "rate (?:this|your|us|our)",
            "did you (?:like|enjoy|find)",
            "helpful",
            "was this .*useful",
            "subscribe",
            "sign up",
            "follow us",
            "share this",
            "like us",
        ),
        pointers=(
            r"(?:more|related|similar|popular|recommended)\s+(?:questions|articles|posts|stories|topics|pages|news|videos|searches)",
        ),
        interruptions=("advertisement", "sponsored", "back to top", "share", "print", "copy link"),
        consent=("accept", "allow", "agree", "reject", "decline", "deny", "got it", "okay", "ok"),
        choices=("manage", "settings", "preferences", "learn more"),
    ),
    plural_ending="s",
    term_patterns=(
        (re.compile(r"['\u2019]s\b", re.IGNORECASE), ""),
        (re.compile(r"(?<=[a-z])(?=[A-Z]{2,})"), " "),
        (re.compile(r"\b([A-Z]{2,})s\b"), r"\1"),
    ),
    answer_types=AnswerTypes(
        kinds=((_ASKS_DATE, _DATE), (_ASKS_NUMBER, _NUMBER), (_ASKS_REASON, _REASON)),
        definition=re.compile(
            r"^\W*(?:so )?(?:what(?:'?s| is| are| r| was| were)|define|definition of|meaning of"
            r"|what do(?:es)? you mean by|explain)\s+(?:an? |the |meant by |by )*"
            r"([\w][\w\s'-]{1,60}?)(?: mean| called)?\s*[?.!]*$",
            re.IGNORECASE,
        ),
        defines=(
            r"\W{1,3}(?:\w+\W{1,3}){0,6}?(?:is|are|was|were|means?|refers?|stands?|denotes?|=|-)\b"
        ),
        acronym=re.compile(
            r"\b(?:stands? for|full (?:form|name)|short for|abbreviat\w+|acronym"
            r"|expan(?:d|sion))\b",
            re.IGNORECASE,
        ),
        not_acronyms=words(
            """
            what whats is are was were the a an of for does do did and or in to by it its mean
            means full form name short who why how when stand stands define r meaning me tell
            """
        ),
    ),
    spelling=Spelling(
        keyboard_rows=("qwertyuiop", "asdfghjkl", "zxcvbnm"),
        word_endings=frozenset("sdryegn"),
        model_words=True,
    ),
    examples=ExampleQuestions(
        acronym="What does {} stand for?",
        term="What is {}?",
        heading="What about {}?",
        defined=re.compile(
            rf"(?:^|(?<=[.!?]\s))(?P<term>(?:An? |The )?{TERM}) is "
            r"(?:an? |the process |the act |defined as )",
            re.MULTILINE,
        ),
        named=re.compile(rf"\b(?:is|are) (?:also )?(?:known as|called) (?P<term>{TERM})(?=[.,;])"),
        not_terms=words(
            "it this that these those there he she they we you i what which who one here the a an "
            "and but if when while since although as in on at for to each both some many most all"
        ),
        articles=("A", "An", "The"),
        conjunction="or",
    ),
    foreign_questions=(
        "Who won the football world cup in 2018?",
        "How do I reset my router?",
        "What is the boiling point of mercury?",
        "How long should I boil an egg?",
        "Which planet has the most moons?",
        "How do I change a bicycle tyre?",
        "What is the capital of Mongolia?",
        "Who painted the ceiling of the Sistine Chapel?",
        "How do I get red wine out of a carpet?",
        "What are the symptoms of a concussion?",
        "When was the printing press invented?",
        "How many strings does a cello have?",
        "What is the best time to plant tomatoes?",
        "How does photosynthesis work?",
        "What time does the pharmacy close on Sundays?",
        "How do I cancel my gym membership?",
        "Which bus goes to the airport?",
        "What is the plot of Hamlet?",
        "How do I train a puppy not to bite?",
        "Why is the sky blue?",
        "How much does a blue whale weigh?",
        "What does a catalytic converter do?",
        "How do I knit a scarf?",
        "Who discovered penicillin?",
        "What is the exchange rate of the yen?",
        "How do vaccines work?",
        "What is the tallest mountain in Africa?",
        "How do I file a tax return late?",
        "Which chess opening is best for beginners?",
        "What causes earthquakes?",
        "How do I connect my phone to the television?",
        "What is the population of Brazil?",
        "How is cheese made?",
        "What should I wear to a wedding in winter?",
        "How do I write a will?",
        "Which birds migrate in autumn?",
        "What is the speed of light?",
        "How can I improve my French pronunciation?",
        "What is the warranty period of the dishwasher?",
        "Who is the author of Don Quixote?",
        "How do I treat a bee sting?",
        "What is a haiku?",
        "How many calories are in an avocado?",
        "When does the school holiday begin?",
        "What is the difference between jazz and blues?",
        "How do I install a printer driver?",
        "What language is spoken in Iceland?",
        "How do glaciers form?",
        "Which metals are magnetic?",
        "How do I descale a kettle?",
        "Can I take a cat on the train?",
        "What is the offside rule?",
        "How did the Roman Empire fall?",
        "What does a sommelier do?",
        "How are black holes detected?",
        "What are the side effects of aspirin?",
        "How often should I water a cactus?",
        "Who directed the film Casablanca?",
        "What is compound interest?",
        "How do submarines sink and rise?",
    ),
)
