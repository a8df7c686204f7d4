"""How a score becomes a probability, fitted to each corpus without labels.

Questions that have nothing to do with the corpus are asked of it when it is built. The scores
that they reach by chance (higher in a large corpus, higher with a model that finds everything
alike) are its noise; how far a score lies above the noise is what confidence is made of.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

SLOPE, MIDPOINT = 6.3, 0.81
"""Logistic regression of "the first passage answers" on score minus noise, over SQuAD 2.0 dev
with half of its articles left out, and StackFAQ with SQuAD's questions as unanswerable ones."""

NOISE_QUANTILE = 0.25
"""Below the median, because a broad corpus does answer some of the foreign questions."""

FOREIGN_QUESTIONS = (
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
)
"""Questions on everyday matters of many kinds; hardly any corpus answers three in four of them."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """Logistic curve over the score of the first hit; `noise` is the corpus's own."""

    noise: float = 0.3
    slope: float = SLOPE
    midpoint: float = MIDPOINT

    def probability(self, score: float) -> float:
        """Probability, 0 … 1, that a first hit with this score answers the question.

        >>> round(Calibration(noise=0.5, slope=6.0, midpoint=1.0).probability(1.5), 3)
        0.5
        """
        logit = self.slope * (score - self.noise - self.midpoint)
        return 1 / (1 + math.exp(-max(-60.0, min(60.0, logit))))


def calibrate(best_score: Callable[[str], float]) -> Calibration:
    """Measure a corpus's noise: a low quantile of the best scores that foreign questions reach.

    `best_score` gives the score of the first hit to a question.
    """
    scores = sorted(best_score(question) for question in FOREIGN_QUESTIONS)
    return Calibration(noise=scores[int(NOISE_QUANTILE * len(scores))])
