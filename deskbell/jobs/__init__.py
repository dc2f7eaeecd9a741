"""What is due later, and the worker that does it."""
