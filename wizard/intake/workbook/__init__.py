"""Workbooks of clients: the blank one that goes out, and what comes back, read behind guards."""
