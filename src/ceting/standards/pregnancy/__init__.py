"""The rules of pregnancy, birth and the six weeks after it; each module names its tables and sources."""
