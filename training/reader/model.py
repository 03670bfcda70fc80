"""The reader as a PyTorch module: the encoder of the default model with three numbers for each word piece."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from transformers import BertModel

from askdesk.inference import checked_model_folder

from .encoding import END, START, TEXT, Batch


class Reader(nn.Module):
    """Two numbers for each piece, that an answer begins or ends there, and one whether the text answers at all.

    The word embeddings stay as they are: the shipped file then needs none of its own, and half of the memory and a
    part of the time of training are saved. There is no dropout: each example is seen once or twice.
    """

    def __init__(self) -> None:
        super().__init__()
        self.encoder = BertModel.from_pretrained(
            checked_model_folder(),
            add_pooling_layer=False,
            hidden_dropout_prob=0.0,
            attention_probs_dropout_prob=0.0,
        )
        for weight in self.encoder.embeddings.parameters():
            weight.requires_grad = False
        size = self.encoder.config.hidden_size
        self.spans = nn.Linear(size, 2)
        self.answers = nn.Linear(size, 1)

    def forward(self, ids: Tensor, types: Tensor, mask: Tensor | None) -> tuple[Tensor, Tensor]:
        """Returns the numbers of the pieces, (examples, pieces, 2), and those of the whole, (examples,)."""
        hidden = self.encoder(input_ids=ids, token_type_ids=types, attention_mask=mask).last_hidden_state
        return self.spans(hidden), self.answers(hidden[:, 0]).squeeze(-1)


def loss(model: Reader, batch: Batch) -> Tensor:
    """Returns how far the model is from the labels: the chance it gives to right beginnings, ends and to answering.

    Where several pieces are right, their chances are summed. Where none is, the first piece is the right one.
    """
    device = model.spans.weight.device
    parts = (batch.ids, batch.types, batch.mask, batch.bits)
    ids, types, mask, bits = (torch.from_numpy(part).to(device) for part in parts)
    spans, answers = model(ids, types, mask)
    allowed = (bits & TEXT) > 0
    allowed[:, 0] = True
    chances = spans.masked_fill(~allowed.unsqueeze(-1), -1e4).log_softmax(1)
    able = ((bits & START) > 0).any(1)
    total = torch.zeros((), device=device)
    for side, bit in enumerate((START, END)):
        right = (bits & bit) > 0
        right[:, 0] = ~able
        total = total - chances[..., side].masked_fill(~right, -1e4).logsumexp(1).mean()
    whole = nn.functional.binary_cross_entropy_with_logits(answers, able.float())
    return total / 2 + whole / 2
