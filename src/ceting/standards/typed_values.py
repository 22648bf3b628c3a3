"""What a person typed and we can't take: an error that says what to do, in Indonesian."""


class TypedValueError(ValueError):
    """A typed value that isn't accepted.

    `code` names the fault for tests, logs and the offline app ("nik.length"); `sentence` is what the person
    reads. The typed text itself stays out of the error, because logs must not hold personal data.
    """

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(f"{code}: {sentence}")
        self.code = code
        self.sentence = sentence
