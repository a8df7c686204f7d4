"""The reader as a PyTorch module: a BERT encoder with three heads."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import torch
from torch import Tensor, nn
from torch.nn.functional import binary_cross_entropy_with_logits, gelu

from qa.encoders.batching import padded
from qa.encoders.reader import ReaderPair
from qa.encoders.torch_encoder import silence_libraries
from training.examples import Example

if TYPE_CHECKING:
    from transformers import BertModel

NEVER = -1e4
"""Logit of a token that is not of the passage's side."""


class ReaderModel(nn.Module):
    """Token ids, attention mask and types, int64 (batch, tokens) → the logit that the passage
    answers, float32 (batch,), and of its first and last token, float32 (batch, tokens) each.

    The head that says whether the passage answers sees the first token's state, and the mean
    states of where the two other heads expect the answer to begin and to end.
    """

    def __init__(self, encoder: BertModel) -> None:
        super().__init__()
        width = int(encoder.config.hidden_size)
        self.encoder = encoder
        self.edges = nn.Linear(width, 2)
        self.hidden = nn.Linear(3 * width, width)
        self.answers = nn.Linear(width, 1)

    def forward(
        self, input_ids: Tensor, attention_mask: Tensor, token_type_ids: Tensor
    ) -> tuple[Tensor, Tensor, Tensor]:
        """See the class."""
        states = self.encoder(
            input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids
        ).last_hidden_state
        other = (token_type_ids * attention_mask) == 0
        begins, ends = self.edges(states).float().unbind(-1)
        begins, ends = begins.masked_fill(other, NEVER), ends.masked_fill(other, NEVER)
        places = torch.stack([begins, ends], 1).softmax(-1)
        there = places @ states.float()
        seen = torch.cat([states[:, 0].float(), there[:, 0], there[:, 1]], -1)
        answers = self.answers(gelu(self.hidden(seen))).float().squeeze(-1)
        return answers, begins, ends


def new_model(folder: Path, layers: int | None = None) -> ReaderModel:
    """The reader before its training: the first `layers` layers (all by default) of the BERT
    model in `folder`, and heads with random weights.

    Attention is PyTorch's plain one: on the processor its gradients take half the time of the
    fused one's. There is no dropout: every example is seen a few times only.
    """
    silence_libraries()
    from transformers import BertModel

    options: dict[str, Any] = {} if layers is None else {"num_hidden_layers": layers}
    encoder = BertModel.from_pretrained(
        str(folder),
        add_pooling_layer=False,
        attn_implementation="eager",
        hidden_dropout_prob=0.0,
        attention_probs_dropout_prob=0.0,
        dtype=torch.float32,
        **options,
    )
    return ReaderModel(encoder)


def inputs_of(pairs: Sequence[ReaderPair]) -> tuple[Tensor, Tensor, Tensor]:
    """Token ids, attention mask and types of a batch, int64 (batch, tokens) each."""
    ids, mask = padded([pair.ids for pair in pairs])
    types, _ = padded([pair.types for pair in pairs])
    return torch.from_numpy(ids), torch.from_numpy(mask), torch.from_numpy(types)


def edges_of(example: Example, pair: ReaderPair) -> tuple[list[int], list[int]]:
    """Tokens that may be an answer's first, and that may be its last.

    Of a marked phrase these are its own ends. Of a sentence that answers, every token is
    allowed: the answer lies somewhere in it.
    """
    begins: list[int] = []
    ends: list[int] = []
    for start, end in example.spans:
        held = [n for n, (a, b) in enumerate(pair.offsets, pair.first) if a < end and start < b]
        if held and pair.offsets[-1][1] >= end:  # else it was cut off
            begins.extend(held if example.label == "sentence" else held[:1])
            ends.extend(held if example.label == "sentence" else held[-1:])
    return begins, ends


def losses(
    outputs: tuple[Tensor, Tensor, Tensor],
    examples: Sequence[Example],
    pairs: Sequence[ReaderPair],
) -> tuple[Tensor, Tensor]:
    """Mean loss of "answers" over the batch, and sum of the losses of first and last token over
    the examples that mark an answer, divided by the size of the batch.

    A token's loss is -log of the probability of all tokens that are right (Clark & Gardner 2018).
    """
    answers, begins, ends = outputs
    wanted = torch.tensor([float(example.answers) for example in examples])
    edges = torch.zeros(())
    for row, (example, pair) in enumerate(zip(examples, pairs, strict=True)):
        for logits, right in zip((begins[row], ends[row]), edges_of(example, pair), strict=True):
            if right:
                edges = edges + logits.logsumexp(0) - logits[sorted(set(right))].logsumexp(0)
    return binary_cross_entropy_with_logits(answers, wanted), edges / len(examples)
