"""Hypothesis strategies for answers and entries of the navi."""

from hypothesis import strategies as st

from outreach.navi.content import shipped
from outreach.navi.engine import QUESTIONS, Answers
from outreach.navi.matching import Entry, Level
from outreach.navi.questions import VIOLENCE

WORRIES = [worry.id for worry in shipped().worries]
LINEAGE = ["011011", "011002", "01S03", "010006"]

places = st.sampled_from(["", "011002", "011011", "01S03", "131016"])
answers = st.builds(
    Answers,
    trouble=st.sampled_from([trouble.id for trouble in shipped().troubles]),
    place=places,
    worries=st.frozensets(st.sampled_from(WORRIES)),
    passed=st.frozensets(st.sampled_from(QUESTIONS)),
)


@st.composite
def entry(draw: st.DrawFn, number: int = 0) -> Entry:
    needs = draw(st.frozensets(st.sampled_from(sorted(shipped().needs)), max_size=4))
    level = draw(st.sampled_from(Level))
    return Entry(
        code=f"E{number}",
        title=f"Entry {number}",
        level=level,
        area="" if level is Level.NATIONAL else draw(st.sampled_from([*LINEAGE, "131016"])),
        needs=needs,
        everyone=draw(st.booleans()),
        urgent=draw(st.booleans()),
        sensitive=bool(needs & VIOLENCE),
        paused=draw(st.booleans()),
        is_programme=draw(st.booleans()),
        is_talk=draw(st.booleans()),
        asked_at=draw(st.frozensets(st.sampled_from(["E0", "E1", "E2"]))) - {f"E{number}"},
        conditions=draw(st.sampled_from(["", "収入が少ない人"])),
        phone=draw(st.sampled_from(["", "0120-000-000"])),
    )


@st.composite
def entries(draw: st.DrawFn) -> list[Entry]:
    return [draw(entry(number)) for number in range(draw(st.integers(0, 8)))]
