"""Many documents: where they are read, how they are shared out, where they are written."""
