"""Extract: what a text says, each fact with its characters."""
