"""Ways the navi speaks to people: each puts the same matches into its own words and shapes."""
