"""What can go wrong, in three kinds: errors that stop, inputs that are skipped, notes that are kept."""


class ReportedlyError(Exception):
    """The base of every error raised on purpose; the message says what, where and what to do."""


class SettingsError(ReportedlyError):
    """A setting is unknown or has a value that cannot be used."""


class ResourceError(ReportedlyError):
    """A data file, model or gazetteer is missing, damaged or has a bad row."""


class InvariantError(ReportedlyError):
    """A reading breaks a promise of CONTRACT: our bug, never the user's."""


class LedgerError(ReportedlyError):
    """The ledger cannot be opened, is of another schema version, or does not hold what was asked for."""


class UsageError(ReportedlyError):
    """A call or command asks for something that does not exist."""


class UnreadableInput(ReportedlyError):
    """One input cannot be read. Caught in `jobs` only, counted, and named in the rejects list.

    `where` is the file, with `:line` for a line of JSON lines; `reason` is one of REJECT_REASONS.
    """

    def __init__(self, where: str, reason: str, detail: str) -> None:
        if reason not in REJECT_REASONS:
            raise ValueError(f"unknown reject reason {reason!r}: add it to errors.REJECT_REASONS")
        super().__init__(f"{where}: {detail} [{reason}]")
        self.where = where
        self.reason = reason
        self.detail = detail

    def __reduce__(self) -> tuple[type, tuple[str, str, str]]:
        return (UnreadableInput, (self.where, self.reason, self.detail))


REJECT_REASONS: dict[str, str] = {
    "missing": "The path does not exist or may not be read.",
    "empty": "There is no text in it.",
    "binary": "It holds bytes that no text format has (NUL bytes, an image, an archive).",
    "encoding": "The bytes are not valid UTF-8 and name no other encoding that fits.",
    "truncated": "The compressed file ends too early or its checksum is wrong.",
    "not-json": "The line is not a JSON object.",
    "no-text": "The record has neither `text` nor `html`.",
    "bad-field": "A field has a value of the wrong type or form.",
    "no-article": "The web page holds no article text.",
    "too-large": "It is larger than the size limit (`max_bytes` in the settings).",
    "unknown-format": "The ending is not one of those that can be read; give --format.",
    "failed": "Reading it broke an invariant: please report it as a bug.",
}

NOTE_CODES: dict[str, str] = {
    "no-date": "The article gives no date of publication; relative times stay unresolved.",
    "no-language": "The language was neither given nor declared by the page; the settings' language was used.",
    "other-language": "The article declares a language for which there is no language pack; it was read as English.",
    "rules-only": "No learned models of the language are installed, or they are turned off: rules alone have read.",
    "source-unresolved": "The words for a source (a pronoun, a surname) could not be tied to a fuller name.",
    "source-absent": "The article gives no source for this statement.",
    "actor-unresolved": "The words for a party could not be coded to a country or sector; the text is kept.",
    "party-inherited": "A party is not named in the clause and was taken from the report it refers to.",
    "place-unknown": "The article does not say where a typed happening took place; `detail` is the report.",
    "place-unresolved": "A place is named that the gazetteer does not have, or has too many of.",
    "time-unknown": "The article does not say when a typed happening took place; `detail` is the report.",
    "time-unresolved": "A time expression could not be turned into an interval.",
    "untyped": "A source takes a position on a happening that no PLOVER type covers; the type is null.",
    "referent-unresolved": "A position is taken on something that could not be tied to a report.",
    "unbalanced-quote": "An opening quotation mark has no closing one; the quotation ends with its paragraph.",
}
