"""Walks the steps of the application form: what is asked next, what may be opened, what stands answered."""

from functools import cached_property

from outreach.application.drafts import Contents
from outreach.application.questionnaire import BY_SLUG, CHECK, STEPS, asked_of
from outreach.application.serving import Serving
from outreach.application.step import Section, Step


class Walk:
    """The steps of one draft as its answers stand."""

    def __init__(self, contents: Contents, serving: Serving | None = None) -> None:
        self.contents = contents
        self.said = contents.said
        self.serving = serving or Serving.of(self.said)

    @cached_property
    def asked(self) -> list[Step]:
        """The steps that are asked of this person, in order."""
        return asked_of(self.said, self.serving)

    @cached_property
    def open_step(self) -> Step | None:
        """The first step without an answer that still holds; None when all that is left is to check."""
        return next((step for step in self.asked if not self._holds(step)), None)

    @property
    def is_complete(self) -> bool:
        return self.open_step is None

    @property
    def cannot_send_there(self) -> bool:
        """The place is known and no food bank sends there."""
        return self.serving.place is not None and self.serving.desk is None

    @property
    def next_slug(self) -> str:
        """Where somebody who comes back goes on."""
        return self.open_step.slug if self.open_step else CHECK

    def may_open(self, slug: str) -> bool:
        """Whether everything before this step is answered, and the step is asked at all."""
        if slug == CHECK:
            return self.is_complete
        step = BY_SLUG[slug]
        if not step.applies(self.said, self.serving):
            return False
        in_turn = BY_SLUG[step.answers] if step.answers else step
        return self.is_complete or STEPS.index(in_turn) <= STEPS.index(self.open_step)

    def after(self, slug: str) -> str:
        """The step after ``slug`` was answered; back to the check once everything has an answer.

        What the navi had answered is not asked on the way, what was answered before is shown again in order. Whoever
        had come further than what is open now corrects something, and is asked nothing else.
        """
        if self.is_complete:
            return CHECK
        if self._has_been_further:
            return self.next_slug
        later = STEPS[STEPS.index(BY_SLUG[slug]) + 1 :]
        on_the_way = (step for step in later if step in self.asked and step.slug not in self.contents.carried)
        following = next(on_the_way, None)
        return following.slug if following and self.may_open(following.slug) else self.next_slug

    def before(self, slug: str) -> str | None:
        """The step one goes back to; None from the first one."""
        if self.is_complete and slug != CHECK:
            return CHECK
        index = len(STEPS) if slug == CHECK else STEPS.index(BY_SLUG[slug])
        return next((step.slug for step in reversed(STEPS[:index]) if step in self.asked), None)

    def progress(self, section: Section) -> dict[str, object]:
        """How far along a section is, counted in sections."""
        sections = list(Section)
        return {"step": sections.index(section) + 1, "total": len(sections), "label": section.value}

    def has_lapsed(self, step: Step) -> bool:
        """Whether the step was answered, and asks about something else by now."""
        return step.slug in self.contents.passed and not self._holds(step)

    @property
    def _has_been_further(self) -> bool:
        """Whether what is open was answered once, or something after it was (by the person, not by the navi)."""
        answered = [step.slug in self.contents.passed.keys() - set(self.contents.carried) for step in self.asked]
        return any(answered[self.asked.index(self.open_step) :]) if self.open_step else False

    def _holds(self, step: Step) -> bool:
        return self.contents.passed.get(step.slug) == step.stands_on(self.said, self.serving)
