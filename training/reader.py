"""The reading model: one encoder that marks cues, ties sources and contents to them, and rates certainty."""

import torch
from torch import Tensor, nn
from torch.nn import functional

from training.encoder import WIDTH, Encoder

TAGS = ("O", "B", "I")
ROLES = ("O", "B-source", "I-source", "B-content", "I-content")
LINK = 192
RATING = 64


class ReadingModel(nn.Module):
    """Scores of every place for being a cue, and vectors for the small heads that the runtime computes in numpy."""

    def __init__(self, marks: int, relations: int, distances: int, ratings: int, dropout: float = 0.1) -> None:
        super().__init__()
        self.encoder = Encoder(marks, dropout)
        self.cue = nn.Linear(WIDTH, len(TAGS))
        self.flat = nn.Linear(WIDTH, 2 * len(TAGS))  # sources and contents without their cues: helps training only
        self.first = nn.Linear(WIDTH, LINK)
        self.last = nn.Linear(WIDTH, LINK, bias=False)
        self.word = nn.Linear(WIDTH, LINK, bias=False)
        self.branch = nn.Embedding(relations, LINK)
        self.distance = nn.Embedding(distances, LINK)
        self.linked = nn.Embedding(4, LINK)
        self.role = nn.Linear(LINK, len(ROLES))
        self.rate = nn.Linear(WIDTH, RATING)
        self.ruled = nn.Embedding(ratings, RATING)
        self.rating = nn.Linear(RATING, 1)
        self.scale = nn.Parameter(torch.ones(3))
        self.shift = nn.Parameter(torch.zeros(3))
        for table in (self.branch, self.distance, self.linked, self.ruled):
            nn.init.normal_(table.weight, std=0.02)

    def roles(
        self, h: Tensor, cues: Tensor, owner: Tensor, relations: Tensor, distances: Tensor, linked: Tensor
    ) -> Tensor:
        """Role scores (k, W, 5) of each word for each of k cues.

        h (B, W, 384) by word; cues (k, 2) first and last word; owner (k,) its row; the rest (k, W) numbers.
        """
        first, last = h[owner, cues[:, 0]], h[owner, cues[:, 1]]
        asked = self.first(first) + self.last(last)
        hidden = (
            asked[:, None]
            + self.word(h)[owner]
            + self.branch(relations)
            + self.distance(distances)
            + self.linked(linked)
        )
        hidden = functional.dropout(functional.relu(hidden), self.encoder.dropout, self.training)
        return self.role(hidden)

    def certainty(self, h: Tensor, ruled: Tensor) -> Tensor:
        """Values (n,) of events with vectors h (n, 384); `ruled` numbers the rules' value."""
        hidden = functional.relu(self.rate(h) + self.ruled(ruled))
        return self.rating(functional.dropout(hidden, self.encoder.dropout, self.training)).squeeze(-1)
