"""Any order of adding, changing, removing and going back, against a plain dictionary."""

import shutil
import tempfile
from pathlib import Path

import hypothesis.strategies as st
from conftest import build_toy
from hypothesis import settings as profile
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from torture.conftest import KILLS
from toy_encoder import ToyEncoder

from qa import Service, Settings
from qa.index.generations import KEPT_GENERATIONS

NAMES = st.sampled_from(["kettles", "parcels", "refunds", "hours"])
WORDS = st.sampled_from(["amber", "birch", "cedar", "delta", "ember", "fjord"])


class IndexStates(RuleBasedStateMachine):
    """`states` are the generations that are kept, oldest first: name → text; `live` is one."""

    def __init__(self):
        super().__init__()
        self.place = Path(tempfile.mkdtemp(prefix="qa-states-"))
        self.settings = Settings(
            index=self.place / "index", corpus=self.place / "corpus", passage_tokens=40
        )
        self.service = Service(self.settings, encoder=ToyEncoder())
        self.states, self.live = {}, ""
        self.citations = {}

    def teardown(self):
        shutil.rmtree(self.place, ignore_errors=True)

    def build(self, texts):
        report = build_toy(self.settings, sorted(texts.items()))
        self.states[report.generation] = texts
        self.live = report.generation
        kept = sorted(self.states)[-KEPT_GENERATIONS:]
        self.states = {name: self.states[name] for name in kept}

    @initialize(word=WORDS)
    def first(self, word):
        self.build({"kettles": f"The kettles are {word}."})

    @rule(name=NAMES, word=WORDS)
    def put(self, name, word):
        self.build({**self.states[self.live], name: f"The {name} are {word}."})

    @precondition(lambda self: len(self.states[self.live]) > 1)
    @rule(data=st.data())
    def remove(self, data):
        texts = dict(self.states[self.live])
        del texts[data.draw(st.sampled_from(sorted(texts)))]
        self.build(texts)

    @precondition(lambda self: self.live != min(self.states))
    @rule()
    def go_back(self):
        before = max(name for name in self.states if name < self.live)
        assert self.service.generations.rollback().name == before
        self.live = before

    @rule()
    def prune(self):
        self.service.generations.prune(1)
        self.states = {
            name: texts
            for name, texts in self.states.items()
            if name in (self.live, max(self.states))
        }

    @invariant()
    def the_index_is_the_model(self):
        if not self.states:
            return
        texts = self.states[self.live]
        found = {
            line.source: self.service.document(line.id).text for line in self.service.documents()
        }
        assert found == texts
        assert [each.name for each in self.service.generations.history()] == sorted(self.states)
        assert [each.name for each in self.service.generations.history() if each.live] == [
            self.live
        ]
        answer = self.service.ask("kettles parcels refunds hours", top_k=10)
        assert answer.generation == self.live
        assert {hit.passage.text for hit in answer.hits} <= set(texts.values())
        for hit in answer.hits:
            self.citations[str(hit.citation)] = (hit.document.source, hit.passage.text)
        for word, (source, text) in self.citations.items():
            resolved = self.service.resolve(word)
            holders = {name for name, held in texts.items() if held == text}
            if source in holders:
                assert (resolved.state, resolved.text) == ("same", text)
            else:
                assert not holders  # each text names its source, so it can only be there
                assert resolved.state == ("changed" if source in texts else "gone")


TestIndexStates = IndexStates.TestCase
TestIndexStates.settings = profile(
    max_examples=max(4, KILLS // 4), stateful_step_count=10, deadline=None
)
