"""Takes page residue out of articles, mends machine translation, and logs every edit."""
