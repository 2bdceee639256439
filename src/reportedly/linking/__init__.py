"""From reports to happenings: copies, links, clusters, origins, status. Pure functions over records."""

from reportedly.linking.clusters import cluster, is_happening
from reportedly.linking.copies import find_copies, judged_copies, original_of, original_of_report
from reportedly.linking.events import make_event
from reportedly.linking.links import find_links
from reportedly.linking.origins import origins_of
from reportedly.linking.rules import Rules, load_rules
from reportedly.linking.status import status_of
from reportedly.linking.text import sentence_spans

__all__ = [
    "Rules",
    "cluster",
    "find_copies",
    "find_links",
    "is_happening",
    "judged_copies",
    "load_rules",
    "make_event",
    "original_of",
    "original_of_report",
    "origins_of",
    "sentence_spans",
    "status_of",
]
