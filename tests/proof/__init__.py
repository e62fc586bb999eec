"""The proof of delivery, calculated once more: from the CSV files of an import folder alone.

Nothing here shares code, or a store, with the program. It is as plain as it can be, so that a reader can
check it against the rules by eye.
"""
