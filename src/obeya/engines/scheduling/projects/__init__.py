"""Projects: activities that need several of several resources at once, in one of their modes."""
