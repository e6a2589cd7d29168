"""Measures the system against floors of the same run; `make bench` writes results.md."""
