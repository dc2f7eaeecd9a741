"""Action Cable over WebSocket, in its plain and its extended version.

The protocols are `actioncable-v1-json` (Ruby on Rails) and `actioncable-v1-ext-json` (AnyCable,
docs.anycable.io/misc/action_cable_protocol).
"""
