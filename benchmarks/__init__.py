"""Measurements that docs/reference/performance.md and the CHANGELOG quote."""
