"""Training of a toy model on made data: it learns, and it goes on as if it had never stopped."""

import gzip
import json
from dataclasses import replace
from pathlib import Path
from random import Random

import numpy as np
import pytest

from qa.encoders.reader import OnnxReader, PairTokenizer
from training.examples import TrainingDataError, read_data

pytestmark = pytest.mark.model  # torch is not everywhere

ROOT = Path(__file__).resolve().parents[2]
WORDS = "tram bus train ticket dog child night day price fare city line card zone".split()
NUMBERS = "one two three four five six seven eight nine ten".split()
SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A tokenizer, and data in which a number answers and passages without one do not."""
    from tokenizers import Tokenizer, models, pre_tokenizers, processors

    place = tmp_path_factory.mktemp("toy")
    vocabulary = {word: n for n, word in enumerate([*SPECIAL, ".", "what", "?", *WORDS, *NUMBERS])}
    tokenizer = Tokenizer(models.WordLevel(vocabulary, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]",
        pair="[CLS] $A [SEP] $B:1 [SEP]:1",
        special_tokens=[("[CLS]", 2), ("[SEP]", 3)],
    )
    tokenizer.save(str(place / "tokenizer.json"))
    random = Random(3)
    with gzip.open(place / "made.jsonl.gz", "wt", encoding="utf-8") as file:
        for number in range(400):
            words = random.choices(WORDS, k=random.randint(3, 12))
            answers = []
            if number % 2:
                position = random.randrange(len(words))
                words[position] = random.choice(NUMBERS)
                start = len(" ".join([*words[:position], ""]))
                answers = [{"text": words[position], "start": start}]
            line = {
                "question": f"what {random.choice(WORDS)} ?",
                "title": "",
                "passage": " ".join(words),
                "answers": answers,
                "kind": "positive" if answers else "negative-retrieved",
                "language": "en",
                "group": f"made:{number}",
                "label": "span",
            }
            file.write(json.dumps(line) + "\n")
    return place


@pytest.fixture
def train(folder, monkeypatch):
    """A function that trains in a folder for a plan, at most some batches; → Training."""
    import torch
    from transformers import BertConfig, BertModel

    from training.model import ReaderModel
    from training.plan import CONFIGURATION, Configuration, Plan
    from training.train import Training

    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    configuration = replace(
        Configuration.read(CONFIGURATION),
        examples={"made": 390},
        batch_tokens=256,
        window=100,
        learning_rate=3e-3,
        warm_up=50,
        held_out=0.1,
        checkpoint_minutes=1000,
        validate_every=10**9,
    )

    def run(place, examples, decay, batches=None):
        torch.manual_seed(5)
        config = BertConfig(
            vocab_size=40, hidden_size=32, num_hidden_layers=2, num_attention_heads=2,
            intermediate_size=64, hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0,
            attn_implementation="eager",
        )  # fmt: skip
        training = Training(
            ReaderModel(BertModel(config, add_pooling_layer=False)),
            PairTokenizer(folder / "tokenizer.json"),
            read_data(folder, ["made"], configuration.held_out),
            configuration,
            Plan(examples, decay),
            place,
        )
        if batches is not None:
            left = iter(range(batches - 1))
            step = training._step

            def counted(*batch):
                training.stopped = next(left, None) is None
                return step(*batch)

            training._step = counted
        training.train()
        return training

    yield run
    torch.set_num_threads(threads)


def weights(training):
    return {name: value.numpy() for name, value in training.model.state_dict().items()}


def assert_equal(one, other) -> None:
    assert one.keys() == other.keys()
    for name in one:
        np.testing.assert_array_equal(one[name], other[name], err_msg=name)


def test_it_learns(train, tmp_path) -> None:
    training = train(tmp_path, 3200, 800)
    log = [json.loads(line) for line in (tmp_path / "log.jsonl").read_text().splitlines()]
    losses = [line["edges"] for line in log if "edges" in line]
    assert len(losses) == 3
    assert losses[-1] < losses[0] / 4
    assert log[-1]["held_out"] > 10
    assert log[-1]["auroc"] > 0.95
    assert log[-1]["span_overlaps"] > 0.9
    assert training.position.seen >= 3200


@pytest.mark.parametrize("stops", [[3], [1, 5, 2, 30]], ids=str)
def test_a_run_that_was_stopped_ends_with_the_same_weights(train, tmp_path, stops) -> None:
    whole = train(tmp_path / "whole", 900, 400)
    for stop in stops:
        stopped = train(tmp_path / "stopped", 900, 400, batches=stop)
        assert stopped.position.seen < 900
    resumed = train(tmp_path / "stopped", 900, 400)
    assert resumed.position == whole.position
    assert_equal(weights(whole), weights(resumed))


def test_a_finished_run_goes_on_from_before_its_rate_fell(train, tmp_path) -> None:
    longer = train(tmp_path / "whole", 1500, 400)
    train(tmp_path / "continued", 900, 400)
    continued = train(tmp_path / "continued", 1500, 400)
    assert_equal(weights(longer), weights(continued))


def test_a_finished_run_stays_finished(train, tmp_path) -> None:
    first = train(tmp_path, 500, 100)
    assert_equal(weights(first), weights(train(tmp_path, 500, 100)))


def test_a_plan_that_ends_before_the_checkpoint_is_refused(train, tmp_path) -> None:
    train(tmp_path, 900, 100)
    with pytest.raises(TrainingDataError, match=r"has come to \d+ examples\. Give --examples at"):
        train(tmp_path, 500, 100)


def test_a_checkpoint_is_whole_whenever_it_stops(tmp_path) -> None:
    import torch

    from training.train import save

    class Stops:
        def __reduce__(self):
            raise KeyboardInterrupt

    save(tmp_path / "latest.pt", {"seen": torch.tensor(1)})
    with pytest.raises(KeyboardInterrupt):
        save(tmp_path / "latest.pt", {"seen": torch.tensor(2), "rest": Stops()})
    assert torch.load(tmp_path / "latest.pt", weights_only=True) == {"seen": 1}


def test_the_exported_model_says_the_same(train, folder, tmp_path) -> None:
    import torch

    from training.export import export
    from training.model import inputs_of

    model = train(tmp_path / "run", 1500, 500).model.eval()
    data = read_data(folder, ["made"], 0.1)
    examples = data.held_out["made"]
    texts = [(e.question, e.title, e.passage) for e in examples]
    pairs = PairTokenizer(folder / "tokenizer.json").pairs(texts)
    with torch.inference_mode():
        expected = model(*inputs_of(pairs))[0].numpy()
    export(model, folder / "tokenizer.json", tmp_path / "float", whole=True)
    export(model, folder / "tokenizer.json", tmp_path / "int8")
    whole, smaller = OnnxReader(tmp_path / "float"), OnnxReader(tmp_path / "int8")
    found = np.array([score.answers_logit for score in whole.read_pairs(pairs)])
    np.testing.assert_allclose(found, expected, atol=1e-3)
    small = smaller.read_pairs(pairs)
    assert np.corrcoef([score.answers_logit for score in small], expected)[0, 1] > 0.98
    right = [s.span == e.spans[0] for s, e in zip(small, examples, strict=True) if e.spans]
    assert np.mean(right) > 0.9


def test_the_edges_of_phrases_and_sentences(folder) -> None:
    from training.model import edges_of

    (example,) = read_data(folder, ["made"], 0.0).train["made"][1:2]
    passage = "tram one two . dog"
    phrase = replace(example, passage=passage, spans=((5, 12),), label="span")
    (pair,) = PairTokenizer(folder / "tokenizer.json").pairs([("what ?", "bus", passage)])
    # [CLS] what ? [SEP] bus . tram one two . dog [SEP]
    assert edges_of(phrase, pair) == ([7], [8])
    sentence = replace(phrase, spans=((0, 14),), label="sentence")
    assert edges_of(sentence, pair) == ([6, 7, 8, 9], [6, 7, 8, 9])
    (cut,) = PairTokenizer(folder / "tokenizer.json", 9).pairs([("what ?", "bus", passage)])
    assert edges_of(phrase, cut) == ([], [])  # "two" was cut off


def test_the_command_says_what_is_missing(tmp_path, capsys) -> None:
    from training.train import main

    bad = tmp_path / "config.json"
    bad.write_text("{}")
    run = ["--run", str(tmp_path / "run"), "--examples", "10", "--decay", "0"]
    assert main([str(tmp_path), *run, "--config", str(bad)]) == 2
    assert f"{bad} is not a configuration" in capsys.readouterr().err
    assert main([str(tmp_path), *run]) == 2
    assert "nq-open.jsonl.gz is missing" in capsys.readouterr().err
