"""Taking an import back: what the log says it did, what stands in the way, what can be done."""
