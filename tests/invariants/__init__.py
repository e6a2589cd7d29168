"""One module an invariant of the design, each attacking it."""
