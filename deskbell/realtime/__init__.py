"""Who hears what: streams, their subscribers, presence. All of it may be lost at any time."""
