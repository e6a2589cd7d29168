"""The demonstration: 164 plainly fictitious people, what they stated, and what became of it.

It stands on the top floor, since it plays every floor below by its verbs; nothing but ``load_demo`` needs it.
"""
