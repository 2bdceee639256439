"""Who is who: countries, organisations, people with dated offices, titles and role nouns, from `data/actors/*.csv`.

Country codes are ISO 3166-1 alpha-3, XKX, or PLOVER's codes for actors without a state; sectors are PLOVER's, the main
one first. Keys are folded (accents, full stops, apostrophes, hyphens) and case-aware: "US" is a country, "us" is not.
"""

from reportedly.directory.entries import Directory, Gender, Item, ItemKind, Match, Office
from reportedly.directory.files import load_directory, own_digest, own_folder, read_directory
from reportedly.directory.folding import Word, fold, key_of, split_words
from reportedly.directory.outlets import outlet_names, site_label, site_outlet

__all__ = [
    "Directory",
    "Gender",
    "Item",
    "ItemKind",
    "Match",
    "Office",
    "Word",
    "fold",
    "key_of",
    "load_directory",
    "outlet_names",
    "own_digest",
    "own_folder",
    "read_directory",
    "site_label",
    "site_outlet",
    "split_words",
]
