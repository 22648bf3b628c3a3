"""Growth charts as geometry: numbers in, paths and words out. No rows, no requests, no colours."""
