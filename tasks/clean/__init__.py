"""Items to Articles: what the publisher said, made sound, and nothing added."""
