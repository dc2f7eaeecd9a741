"""REST: every path in one table, decoded and encoded by the types that also make the OpenAPI."""
