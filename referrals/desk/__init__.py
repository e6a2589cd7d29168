"""The food bank's desk: cases, parcels, and what has to be done next."""
