"""Backups: one tar with a consistent copy of the database, the media, and a sealed list of what is in it."""
