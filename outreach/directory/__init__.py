"""The directory of help: programmes and windows, kept by staff, taken in and given out as open data."""
