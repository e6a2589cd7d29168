"""What an application asks, each question described once: its codes, and its words for everybody who reads them.

The form asks by these words, the check page and the person's page read answers back by them, the case file shows them,
the packet tells them, the indicators count them. docs/how-to.md says how to add one.
"""

from outreach.application.questions import eating, life, reaching
from outreach.application.questions.description import Question

QUESTIONS: dict[str, Question] = {
    question.name: question for question in (*eating.QUESTIONS, *reaching.QUESTIONS, *life.QUESTIONS)
}
# Questions whose several answers are kept as rows, and the code each has there.
TICKED_AS: dict[str, str] = {one.name: one.ticked_as for one in QUESTIONS.values() if one.ticked_as}

__all__ = ["QUESTIONS", "TICKED_AS", "Question"]
