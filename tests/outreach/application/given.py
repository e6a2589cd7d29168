"""What somebody answers on each screen of the form; the bench's visitors, who know no Django, answer the same."""

from typing import Any

ANSWERS: dict[str, dict[str, Any]] = {
    "food": {"food_days": "one_to_three"},
    "place": {"typed": "札幌市中央区"},
    "until-then": {},
    "people": {"people_count": "2", "children_ages": "8"},
    "eating": {"cannot_eat": ["allergy"], "cannot_eat_note": "卵"},
    "cooking": {"cooking": "can", "lifelines_cut": ["gas"]},
    "for-whom": {"applying_for": "self"},
    "helper": {"helper_name": "見本 たすけ", "helper_phone": "080-1234-5678"},
    "name": {"name": "見本 花子", "kana": "みほん はなこ", "birth_year": "昭和55年"},
    "receive": {"receive_by": "home"},
    "address": {"postcode": "060-0001", "address": "見本町1丁目2-3"},
    "slot": {"delivery_slot": "morning", "leave_at_door": "on"},
    "reach": {"reach_by": ["phone"]},
    "reach-details": {"phone": "090-1234-5678", "safe_times": "平日の昼"},
    "household": {"household_type": "single_parent"},
    "income": {"income": "fell", "income_since": "within_half_year"},
    "debt": {"in_debt": "yes", "debt_kinds": ["consumer_finance"]},
    "first": {"first_time": "yes", "found_by": "search"},
    "ties": {"someone_to_consult": "no", "bodies": ["none"]},
    "centre": {"hand_off_wish": "call_me"},
    "tell": {"groups": ["contact"]},
    "consent": {"consent": "yes", "heard": "on"},
}
