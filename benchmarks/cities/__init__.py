"""A made-up city: places, families, pregnancies and every weighing of five years, as the verbs would have left them.

The rows are derived by the kernels that the verbs use (`assessment.derive`, `latest`, the counts of a month, the words
of a name) and written by COPY. `tests/test_city.py` holds them to it: deriving them again changes nothing. What verbs
leave beside their rows isn't there: the audit trail.
"""
