"""Tables that are not ours: found, understood, and turned into our sheets.

`finding` looks for the header, `vocabulary` knows what columns are called elsewhere, `guessing`
proposes what each column is, `mapping` is what was agreed upon, `cells` reads foreign values and
`converting` makes a book of our own sheets of it, which is then read like any other.
"""
