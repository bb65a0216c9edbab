"""VDA 4905: call-offs of the German car industry."""
