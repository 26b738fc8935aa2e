"""Bytes and where they came from: the only stage that reads files, and the only place for network code."""
