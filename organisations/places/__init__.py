"""Places: the table of the country, held in each process, and how one is found."""
