"""The outlets that an article names: "the Times" is The New York Times where that one was named in full."""

from reportedly.directory import Directory, key_of, split_words


class OutletNames:
    """Full names by short form for one article."""

    def __init__(self, text: str, directory: Directory) -> None:
        """Looks up every known outlet in the text, in one pass."""
        self._directory = directory
        self._full: dict[str, str] = {}
        for match in directory.scan(split_words(text)):
            if match.item.kind == "outlet":
                words = key_of(match.item.name).split()
                for at in range(1, len(words)):
                    self._full.setdefault(" ".join(words[at:]), match.item.name)

    def full(self, name: str) -> str:
        """The canonical name: of a longer one named in the article, of the directory, else the words themselves."""
        return self._full.get(key_of(name)) or self._directory.outlet(name) or name
