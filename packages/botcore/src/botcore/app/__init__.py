"""The application: where the parts are put together, and in which order they start and stop."""
