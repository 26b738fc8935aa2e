"""When: the journey, the Prefect flows, settings and the command line."""
