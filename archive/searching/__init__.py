"""Search in Swedish over everything that is kept: the index, the question, the hits and how they are shown."""
