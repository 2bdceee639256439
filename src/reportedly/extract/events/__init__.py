"""Reports of happenings: found by trigger and dependency, tied where they are named by a noun or a pronoun."""

from reportedly.extract.events.finding import find_reports
from reportedly.extract.events.relation import code_relation, explain_trigger, triggers_of
from reportedly.extract.events.ties import tie_reports

__all__ = ["code_relation", "explain_trigger", "find_reports", "tie_reports", "triggers_of"]
