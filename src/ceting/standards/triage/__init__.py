"""From findings to how fast somebody must answer: pure rules of rules.md, section 6. Levels stand in `levels`."""
