"""The doors for people: send a file, look at what it would do, say yes; take the plant out."""
