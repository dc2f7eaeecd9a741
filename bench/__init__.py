"""Benchmarks of the whole service: a real server on one core, its clients on another."""
