"""The rules of support chat: standard library only, no I/O, time is passed in."""
