"""The parts of dev.py: standard library only, never installed with Deskbell."""
