"""From bytes or strings to a Document: decoding, segments, language, pages."""
