"""The self-check: rules as data, the named checks they call, and the list of materials."""
