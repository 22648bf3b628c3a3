"""The one error that reaches the person at the keyboard."""


class SurveyError(Exception):
    """Something the user can put right; the text is one plain Indonesian sentence that says how."""
