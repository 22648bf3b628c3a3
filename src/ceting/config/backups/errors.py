"""What can go wrong with a backup, as a sentence for the person at the terminal."""


class BackupError(Exception):
    """Nothing was changed; the sentence is Indonesian and says what to do."""
