"""Pure knowledge: standards, rules and their tables, with their sources. Nothing here knows Django."""
