"""How dates and times are written, where it differs from the framework's own way: one package a language."""
