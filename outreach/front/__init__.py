"""The front page, the page about privacy, and the way out."""
