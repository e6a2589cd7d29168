"""The demonstration: 164 plainly fictitious people, what they stated, and what became of it.

It stands above the floors, since it plays every one of them by its verbs; nothing of theirs knows it.
"""
