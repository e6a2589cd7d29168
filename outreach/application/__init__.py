"""The application: questions asked one thing a screen, the draft in between, and what is stored at the end."""
