"""The application form, one form a screen, one module a section."""
