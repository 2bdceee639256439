"""Whose text it is in the end: chains of copies, the parts that reports stand in, and what people decided."""

from collections.abc import Iterable

from reportedly.records import Copy, Entry, Judgement


def original_of(copies: Iterable[Copy]) -> dict[str, str]:
    """The original at the end of the chain of whole copies, by article; other articles are left out."""
    step: dict[str, Copy] = {}
    for copy in copies:
        held = step.get(copy.article)
        if copy.kind == "whole" and (held is None or (-copy.share, copy.copy_of) < (-held.share, held.copy_of)):
            step[copy.article] = copy
    found = {}
    for article in step:
        seen = [article]
        while seen[-1] in step and step[seen[-1]].copy_of not in seen:
            seen.append(step[seen[-1]].copy_of)
        # Three texts that each stand mostly in the next can run in a circle: its least id is the original for all.
        circle = step[seen[-1]].copy_of if seen[-1] in step else None
        root = min(seen[seen.index(circle) :]) if circle is not None else seen[-1]
        if root != article:
            found[article] = root
    return found


def originals_of_reports(entries: Iterable[Entry], copies: Iterable[Copy]) -> dict[str, str]:
    """The article whose text each report is, by report: the original of its article where that is a whole copy, and
    where its words stand in a sentence taken from another article, that one or its original. Others are left out."""
    copies = list(copies)
    whole = original_of(copies)
    parts: dict[str, list[Copy]] = {}
    for copy in copies:
        if copy.kind == "part":
            parts.setdefault(copy.article, []).append(copy)
    found = {}
    for entry in entries:
        taken = whole.get(entry.article)
        if taken is None:
            taken = next((copy.copy_of for copy in parts.get(entry.article, ()) if _within(entry, copy)), None)
            taken = whole.get(taken, taken) if taken else None
        if taken is not None and taken != entry.article:
            found[entry.report.id] = taken
    return found


def original_of_report(entry: Entry, copies: Iterable[Copy]) -> str | None:
    """The article whose text one report is; None where it is its own article's. See `originals_of_reports`."""
    return originals_of_reports([entry], copies).get(entry.report.id)


def _within(entry: Entry, copy: Copy) -> bool:
    """Whether the word by which the happening is known stands in one of the copied sentences."""
    at = entry.report.trigger
    return any(span.start <= at.start and at.end <= span.end for span in copy.sentences)


def judged_copies(copies: Iterable[Copy], judgements: Iterable[Judgement]) -> list[Copy]:
    """The copies after people's decisions, by article; each judgement's `left` is the copy, `right` the original.

    A copy judged False is gone. One judged True stands, whole unless the machine knows which part, and so the other
    way round does not, nor another original of the whole text.
    """
    last = {(one.left, one.right): one for one in judgements}
    forced = {pair: one for pair, one in last.items() if one.same}
    settled = {article for article, _ in forced}
    found: dict[tuple[str, str], Copy] = {}
    for copy in copies:
        pair = copy.article, copy.copy_of
        judged = last.get(pair)
        if judged is not None and judged.same is False:
            continue
        if pair not in forced and (pair[::-1] in forced or (copy.kind == "whole" and copy.article in settled)):
            continue
        found[pair] = copy
    for (article, original), one in forced.items():
        if (article, original) not in found:
            found[article, original] = Copy(
                article=article, copy_of=original, share=1.0, evidence=f"judged by {one.by} on {one.at:%Y-%m-%d}"
            )
    return sorted(found.values(), key=lambda copy: (copy.article, copy.copy_of))
