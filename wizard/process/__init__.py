"""A process of our own beside the program: what may be ended at any time, and may hold up nobody."""
