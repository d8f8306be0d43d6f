"""The sub-commands of `main.py`. None of them imports Qt."""
