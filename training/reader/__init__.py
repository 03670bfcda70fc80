"""Trains the reader: from the public question sets to the file that ships with askdesk."""
