"""What a person states in an application, as plain values: the shape of a draft and of the form's answers."""

import dataclasses
from dataclasses import dataclass, field
from typing import Any, Self


@dataclass(kw_only=True)
class Statement:
    """One person's answers. Coded values are those of ``circumstances``; "" and [] mean not answered.

    ``place_code`` is the code of the municipality or ward someone lives in: it decides which food bank and which
    centre. ``sending_place_code`` is where box and letters go, "" when that is the same; ``postcode`` and ``address``
    are of there. ``phone`` is E.164, ``postcode`` seven digits, ``kana`` hiragana, ``birth_year`` a year of the
    common era, an age its years or [years, months].
    """

    # today
    food_days: str = ""
    # people
    people_count: int | None = None
    children_ages: list[int | list[int]] = field(default_factory=list)
    baby_needs: list[str] = field(default_factory=list)
    # what fits
    cannot_eat: list[str] = field(default_factory=list)
    cannot_eat_note: str = ""
    cooking: str = ""
    lifelines_cut: list[str] = field(default_factory=list)
    # who, and where to
    name: str = ""
    kana: str = ""
    birth_year: int | None = None
    receive_by: str = "home"
    place_code: str = ""
    sending_place_code: str = ""
    postcode: str = ""
    address: str = ""
    delivery_slot: str = "any"
    leave_at_door: bool = False
    # how to reach
    reach_by: list[str] = field(default_factory=list)
    phone: str = ""
    email: str = ""
    cannot_telephone: bool = False
    spoken: str = ""
    safe_times: str = ""
    passphrase: str = ""
    applying_for: str = "self"
    helper_name: str = ""
    helper_relation: str = ""
    helper_phone: str = ""
    # life
    household_type: str = ""
    income: str = ""
    income_since: str = ""
    in_debt: str = ""
    debt_kinds: list[str] = field(default_factory=list)
    first_time: str = ""
    someone_to_consult: str = ""
    bodies: list[str] = field(default_factory=list)
    found_by: str = ""
    troubles: list[str] = field(default_factory=list)
    # the centre of the area
    hand_off_wish: str = ""
    centre_id: str = ""
    disclosed: list[str] = field(default_factory=list)
    feedback: bool = False
    consent_text_version: str = ""

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> Self:
        """Read a draft; keys that no longer exist are left out."""
        known = {f.name for f in dataclasses.fields(cls)}
        return cls(**{key: value for key, value in values.items() if key in known})

    def to_json(self) -> dict[str, Any]:
        return dataclasses.asdict(self)

    def tidy(self) -> Self:
        """The same without answers whose question no longer stands: kinds of debt where there is no debt.

        A draft keeps them, so that nothing typed is lost when someone changes their mind twice; what is shown
        for checking, told to a centre and stored is tidied first.
        """
        return dataclasses.replace(self, **self._gone())

    def _gone(self) -> dict[str, Any]:
        gone: dict[str, Any] = {}
        if self.income and not self.asks_income_since:
            gone |= {"income_since": ""}
        if self.in_debt == "" and set(self.debt_kinds) - {"prefer_not_to_say"}:
            gone |= {"in_debt": "yes"}  # whoever says which has said that
        elif self.in_debt not in ("", "yes"):  # that they'd rather not say which is an answer by itself
            gone |= {"debt_kinds": []}
        if self.receive_by != "home":
            gone |= {"delivery_slot": "any", "leave_at_door": False}
        if not self.asks_address:
            gone |= {"sending_place_code": "", "postcode": "", "address": ""}
        if not self.asks_phone:
            gone |= {"phone": "", "safe_times": ""}
        if "email" not in self.reach_by:
            gone |= {"email": ""}
        if "none" not in self.reach_by:
            gone |= {"passphrase": ""}
        if not self.has_helper:
            gone |= {"helper_name": "", "helper_relation": "", "helper_phone": ""}
        if self.hand_off_wish != "call_me" or self.applying_for != "self":
            gone |= {"disclosed": [], "feedback": False, "consent_text_version": ""}
        return gone

    @property
    def asks_income_since(self) -> bool:
        return self.income in ("fell", "lost_job", "none")

    @property
    def asks_address(self) -> bool:
        """Whether something is to be sent to where they live: the box, or letters."""
        return self.receive_by == "home" or "letter" in self.reach_by

    @property
    def sends_elsewhere(self) -> bool:
        """Whether box and letters go to another place than the one they live in; the address is of there then."""
        return self.sending_place_code not in ("", self.place_code)

    @property
    def asks_phone(self) -> bool:
        return "phone" in self.reach_by or "sms" in self.reach_by

    @property
    def has_helper(self) -> bool:
        """Whether somebody stands between: applies for the person, or passes word on to them."""
        return self.applying_for == "other" or "supporter" in self.reach_by

    @property
    def is_consent(self) -> bool:
        """Whether the person's own words are a consent: a wish alone is not, nor is a helper's tick."""
        return (
            self.applying_for == "self"
            and self.hand_off_wish == "call_me"
            and bool(self.disclosed and self.centre_id and self.consent_text_version)
        )
