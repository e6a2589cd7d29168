"""The person's own page: where it stands, who was told what, and the way out."""
