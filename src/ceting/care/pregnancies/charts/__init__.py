"""Charts of a pregnancy as geometry and words: plain series in, drawings out. No rows, no requests, no colours."""
