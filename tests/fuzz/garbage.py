"""What people, scripts and broken phones send instead of what was asked for."""

from hypothesis import strategies as st

HOSTILE = (
    "\x00", "a\x00b", "' OR 1=1 --", "<script>alert(1)</script>", "{{ 7*7 }}", "%s%n", "../../etc/passwd",
    "-1", "0", "1e400", "-1e-400", "NaN", "Infinity", "٣٫٥", "8.500,25", "8,5", "99999999999999999999999999",
    "0000-00-00", "9999-12-31", "31/02/2026", "1/1/1", "2026-11-26T25:61", "29/2/2100", "-1-1-1",
    "00000000-0000-0000-0000-000000000000", "not-a-key", "None", "true", "on", "[]", "{}", "\U0001f476",
    " ", "\t\r\n", "\u202e", "\u200b", "é" * 500, "x" * 20_000, "1" * 5_000, "0" * 16, "9" * 16, "+62" + "8" * 40,
)  # fmt: skip
TEXT = st.one_of(
    st.sampled_from(HOSTILE),
    st.text(max_size=60),
    st.integers().map(str),
    st.floats().map(str),
    st.dates().map(str),
    st.uuids().map(str),
)
