"""The sentences of errors and warnings that a visitor can meet, as the packages below raise them.

They are listed only so that they are translated: what raises them knows of no language.
"""

from qa.page.locale import N_

VISITORS_ERRORS = (
    N_("The index on the disk is damaged; an undamaged state of it answers."),
    N_("There is no index yet."),
    N_("The question is empty; type what you want to know."),
    N_("The question has {characters} characters; ask in at most {most}."),
    N_("“{number}” is no number of passages; ask for 1 to {most}."),
    N_("“{pattern}” has more than {most} wildcards (*); leave some out."),
    N_("A question can be asked of {most} places, folders or patterns."),
    N_(
        "No document lies in “{place}”; give a document's source, a folder, or a pattern such as "
        "*.pdf."
    ),
    N_("This passage cannot be found any more; ask the question again."),
    N_("This passage cannot be judged any more; ask the question again."),
    N_("This document cannot be removed any more; open the tab again."),
    N_("The expected text is empty; give some words that should be found."),
    N_("A rebuild is already running; wait for it or cancel it."),
    N_("There is nothing to add: paste a text, or choose a file."),
    N_("The text is empty; paste the text that should be searched."),
    N_("The text has {characters} characters; paste at most {most}, or add it as a file."),
    N_("The build was stopped; the index that was there before is unchanged."),
    N_("Adding by path is switched off; the owner of this page allows it with QA_ALLOW_PATHS."),
    N_("The path is empty; give the path of a file or folder on the server."),
    N_("The path is not complete; give it from the root, such as /data/manuals."),
    N_("There is no such file or folder on the server."),
    N_("At most {most} questions can be pinned; take some away first: python -m qa unpin QUESTION"),
    N_(
        "The expected text has {characters} characters; give at most {most}, a few words that the "
        "answer must hold."
    ),
    N_("At most {most} verdicts are kept within an hour; try again later."),
)
