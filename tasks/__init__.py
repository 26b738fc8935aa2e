"""What: one stage a module, pure functions over one article."""
