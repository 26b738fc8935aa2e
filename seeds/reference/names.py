"""Train the weights with which `tasks.extract.names` finds names.

Needs python-crfsuite, a development tool, and a folder with `docs.jsonl.gz`: a line a document with `text`, `sentences` (start
and end), `mentions` (start, end, type PERSON, ORGANIZATION, PLACE or another) and `in_dev_eval`. The stories of seeds/annotated
are added, but those held back as gold. Run from the repository's root:

    python seeds/reference/names.py CORPUS [--evals FOLDER]

It writes tasks/extract/data/names_weights.npz and the card beside it, names_weights.md. With `--evals`, a folder with
docs.jsonl.gz and score.py, the card gets its scores; documents that are in the corpus too are scored by weights that have not
seen them. The same input gives the same weights: nothing is drawn by lot but the lengths of fragments, seeded by the documents'
ids. The weights go with the lists in names_words.txt and with the gazetteer: train again where either has changed.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import pycrfsuite

sys.path.insert(0, str(Path(__file__).parents[2]))

from seeds.annotated.read import Story, stories
from tasks.extract.name_context import SIZES, TEMPLATES, read, size_of
from tasks.extract.name_edges import edged
from tasks.extract.name_tagger import LABELS, NEAR, OFFSETS, WEIGHTS, Tagger
from tasks.extract.name_votes import voted
from tasks.extract.structure import sentences

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

    from tasks.extract.name_reading import Reading

DATA = Path("tasks/extract/data")
STORIES = Path("seeds/annotated")
KINDS = {"PERSON": "P", "ORGANIZATION": "O", "PLACE": "L"}
NAMES = {kind: name for name, kind in KINDS.items()}
FOLDS = 4
PARAMETERS = {"c1": 0.0, "c2": 6.0, "max_iterations": 120, "feature.minfreq": 2, "feature.possible_transitions": False}
NEVER = -50.0  # weight of a name that goes on without having begun
MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
REGION = re.compile(rf", (?!{MONTH}|\d)([^\W\d_][\w. ]*?)(?=,| \(| [-–—_]|\n|$)", re.IGNORECASE)
CARD = """# names_weights.npz

Weights of a linear-chain conditional random field that marks people, organisations and places in English text, read by
`tasks/extract/name_tagger.py`. Made by `seeds/reference/names.py`; the same input gives the same file.

- Labels: begin and go on, of person, organisation, place; none. Only words that may be in a name are decided on.
- Features: {features:,} of words and their neighbours, {values:,} values of {templates} templates.
- Trainer: CRFsuite, L-BFGS; {parameters}. Each document is learnt whole and in fragments.

## Data

{others} documents, {other_words:,} words, under Creative Commons Attribution licences; NOTICE names the sources:

- Georgetown University Multilayer corpus (GUM), Amir Zeldes and annotators, https://gucorpling.org/gum/, annotations CC BY 4.0:
  news and interviews of Wikinews contributors (CC BY 2.5); articles and abstracts of science by their authors (CC BY 4.0, one
  CC BY 3.0); court proceedings.
- Wikigold, D. Balasuriya, N. Ringland, J. Nothman, T. Murphy, J. R. Curran (2009), CC BY 4.0; sentences of English Wikipedia
  contributors.

{own} stories, {own_words:,} words, of seeds/annotated, invented for this project; those held back as gold are not learnt from.
The lists in names_words.txt were written for this project; towns come from the gazetteer (GeoNames, CC BY 4.0).

## Scores

{scores}

## Limits

English news of the last decades and encyclopaedia-like prose. Organisations are the weakest kind, names of products, works, ships
and species are now and then taken for them; a person with the name of a town is often taken for the town. Other languages go by
rules instead.
"""
SCORED = """With all passes, on the development half of an evaluation set; documents that are learnt from too are scored
by weights that have not seen them."""
Span: TypeAlias = tuple[int, int, str]  # characters and kind
Packed: TypeAlias = "dict[str, NDArray[Any]]"


@dataclass(frozen=True, slots=True)
class Doc:
    """A text with its names; `scored` if it is in the evaluation as well."""

    id: str
    text: str
    names: tuple[Span, ...]
    scored: bool = False


def main() -> None:
    """Train on everything, score by folds if asked, write weights and card."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path, help="folder with docs.jsonl.gz")
    parser.add_argument("--evals", type=Path, help="folder with docs.jsonl.gz and score.py")
    parser.add_argument("--out", type=Path, default=DATA, help="where to write (default: %(default)s)")
    asked = parser.parse_args()
    docs = [*corpus(asked.corpus), *annotated()]
    weights = train(docs)
    np.savez_compressed(asked.out / WEIGHTS, **weights)
    scores = score(docs, weights, asked.evals) if asked.evals else None
    (asked.out / WEIGHTS).with_suffix(".md").write_text(card(docs, weights, scores), encoding="utf-8")
    print(scores or f"{len(docs)} documents")


def corpus(folder: Path) -> Iterator[Doc]:
    """The documents of the corpus."""
    for row in _rows(folder / "docs.jsonl.gz"):
        names = tuple((m["start"], m["end"], KINDS[m["type"]]) for m in row["mentions"] if m["type"] in KINDS)
        yield Doc(row["id"], row["text"], names, row["in_dev_eval"])


def annotated() -> Iterator[Doc]:
    """The annotated stories but the gold, their datelines marked too."""
    for path in sorted(STORIES.glob("*.xml")):
        for story in stories(path):
            if not story.gold:
                names = [(m.start, m.end, KINDS[m.kind]) for m in story.mentions]
                yield Doc(story.id, story.text, tuple(sorted(names + _dateline(story))))


def _dateline(story: Story) -> list[Span]:
    """Agency, author, place and region above the body."""
    top = story.text[: story.body_start]
    found: list[Span] = []

    def add(start: int, end: int, kind: str) -> None:
        if start < end and not any(a < end and start < b for a, b, _ in found):
            found.append((start, end, kind))

    for field, kind, joint in (
        (story.agency, "O", r"\0"),
        (story.byline, "P", r"\s*(?:,|;| and | & )\s*"),
        (story.place, "L", r"\s*[/,]\s*"),
    ):
        for part in filter(None, re.split(joint, field or "")):
            for m in re.finditer(rf"(?<!\w){re.escape(part)}(?!\w)", top, re.IGNORECASE):
                add(*m.span(), kind)
    for m in re.finditer(r"\(([A-Z]{2,5})\)", top):
        add(*m.span(1), "O")
    for start, end, kind in tuple(found):
        if kind == "L" and top[start].isupper():
            for m in filter(None, (REGION.match(top, end), re.compile(r"/([A-Z]{3,})").match(top, end))):
                add(*m.span(1), "L")
    return found


def fragments(doc: Doc) -> Iterator[Doc]:
    """The document in pieces of one to four sentences, so that names are learnt without the rest of a text as well."""
    rng = random.Random(doc.id)  # noqa: S311  nothing secret
    spans = sentences(doc.text)
    at = 0
    while at < len(spans):
        size = rng.randint(1, 4)
        start, end = spans[at].start, spans[at : at + size][-1].end
        names = tuple((a - start, b - start, kind) for a, b, kind in doc.names if start <= a and b <= end)
        yield Doc(doc.id, doc.text[start:end], names)
        at += size


def examples(doc: Doc) -> Iterator[tuple[list[list[str]], list[str]]]:
    """Features and label of each word, stretch by stretch."""
    made = read(doc.text)
    labels = _labels(made, doc.names)
    at = 0
    features = list(strings(made))
    for first, last in made.stretches:
        yield features[at : at + last - first], labels[at : at + last - first]
        at += last - first


def _labels(made: Reading, names: Iterable[Span]) -> list[str]:
    """The labels of the words of stretches; a name that is not made of whole words of them is left out."""
    first = {made.start[i]: i for i in made.places}
    last = {made.end[i]: i for i in made.places}
    label = dict.fromkeys(made.places, "O")
    for start, end, kind in names:
        if start in first and end in last:
            label[first[start]] = "B" + kind
            label |= dict.fromkeys(range(first[start] + 1, last[end] + 1), "I" + kind)
    return [label[i] for i in made.places]


def strings(made: Reading) -> Iterator[list[str]]:
    """The features of each word of the stretches, as the trainer reads them."""
    info, columns, wide = made.info, made.columns, {"lex": 2, "shape": 3}
    firsts = {first for first, _ in made.stretches}
    lasts = {last - 1 for _, last in made.stretches}
    for place, i in enumerate(made.places):
        found = ["0" + name for name in info[i].own]
        for name, offset in zip(NEAR, OFFSETS, strict=False):
            found += [name + feature for feature in info[i + offset].near]
        for name in NEAR[len(OFFSETS) :]:
            if other := made.around[name][place]:
                found += [name + feature for feature in info[other].near]
        for number, template in enumerate(TEMPLATES):
            values = [info[i + offset][wide[c]] if c in wide else columns[c][place] for c, offset in template]
            found.append(f"t{number}={'|'.join(map(str, values))}")
        found += ["BOS"] * (i in firsts) + ["EOS"] * (i in lasts)
        yield found


def train(docs: list[Doc]) -> Packed:
    """The weights learnt from whole documents and their fragments."""
    trainer = pycrfsuite.Trainer(verbose=False)
    for doc in docs:
        for piece in (doc, *fragments(doc)):
            for features, labels in examples(piece):
                trainer.append(features, labels)
    trainer.select("lbfgs")
    trainer.set_params(PARAMETERS)
    with tempfile.TemporaryDirectory() as scratch:
        trainer.train(f"{scratch}/names.crf")
        learnt = pycrfsuite.Tagger()
        learnt.open(f"{scratch}/names.crf")
        return pack(learnt.info())


def pack(learnt: Any) -> Packed:  # noqa: ANN401  what pycrfsuite dumps
    """The weights as `Tagger` reads them."""
    label = {name: number for number, name in enumerate(LABELS)}
    near: dict[str, NDArray[Any]] = {}
    rows: dict[int, NDArray[Any]] = {}
    edges = np.zeros((2, len(LABELS)))
    for (name, tag), weight in learnt.state_features.items():
        at = label[tag]
        if name in {"BOS", "EOS"}:
            edges[int(name == "EOS"), at] = weight
        elif name[0] == "t":
            rows.setdefault(_key(name), np.zeros(len(LABELS)))[at] = weight
        elif name[0] == "0":
            near.setdefault(name, np.zeros((len(NEAR), len(LABELS))))[0, at] = weight
        else:
            kind = next(n for n, prefix in enumerate(NEAR) if name.startswith(prefix))
            near.setdefault(name[len(NEAR[kind]) :], np.zeros((len(NEAR), len(LABELS))))[kind, at] = weight
    moves = np.zeros((len(LABELS), len(LABELS)))
    for (before, behind), weight in learnt.transitions.items():
        moves[label[before], label[behind]] = weight
    for at, name in enumerate(LABELS):
        if name[0] == "I":
            edges[0, at] = NEVER
            moves[[n for n, before in enumerate(LABELS) if before[1:] != name[1:]], at] = NEVER
    names, keys = sorted(near), sorted(rows)
    return {
        "features": np.frombuffer("\n".join(names).encode(), np.uint8),
        "weights": np.stack([near[name] for name in names]).astype(np.float16),
        "keys": np.array(keys, np.int32),
        "rows": np.stack([np.zeros(len(LABELS)), *(rows[key] for key in keys)]).astype(np.float16),
        "moves": moves.astype(np.float32),
        "edges": edges.astype(np.float32),
    }


def _key(feature: str) -> int:
    """The number of a template's value among those of all templates."""
    number, _, values = feature[1:].partition("=")
    value = 0
    for (name, _), part in zip(TEMPLATES[int(number)], values.split("|"), strict=True):
        value = value * SIZES[name] + int(part)
    return sum(map(size_of, TEMPLATES[: int(number)])) + value


def score(docs: list[Doc], weights: Packed, evals: Path) -> str:
    """What score.py prints for the evaluation's documents."""
    both = [doc for doc in docs if doc.scored]
    fold = {doc.id: number % FOLDS for number, doc in enumerate(both)}
    taggers = {None: Tagger(weights)}
    for number in range(FOLDS):
        taggers[number] = Tagger(train([doc for doc in docs if fold.get(doc.id) != number]))
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as file:
        for row in _rows(evals / "docs.jsonl.gz"):
            made = read(row["text"])
            found = voted(made, edged(made, taggers[fold.get(row["id"])](made)))
            mentions = [{"start": made.start[n.first], "end": made.end[n.last - 1], "type": NAMES[n.kind]} for n in found]
            for m in mentions:
                m["text"] = row["text"][m["start"] : m["end"]]
            file.write(json.dumps({"id": row["id"], "mentions": mentions}) + "\n")
        file.flush()
        command = [sys.executable, str(evals / "score.py"), file.name]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def card(docs: list[Doc], weights: Packed, scores: str | None) -> str:
    """The card of the weights: what they learnt from, under which licences, and how well they do."""
    own = {doc.id for doc in docs} & {story.id for path in STORIES.glob("*.xml") for story in stories(path)}
    words = {True: 0, False: 0}
    for doc in docs:
        words[doc.id in own] += len(doc.text.split())
    return CARD.format(
        others=len(docs) - len(own),
        other_words=words[False],
        own=len(own),
        own_words=words[True],
        features=len(weights["features"].tobytes().split(b"\n")),
        values=len(weights["keys"]),
        templates=len(TEMPLATES),
        parameters=", ".join(f"{name} {value:g}" for name, value in PARAMETERS.items()),
        scores=f"{SCORED}\n\n```\n{scores.rstrip()}\n```" if scores else "Not scored.",
    )


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in gzip.decompress(path.read_bytes()).decode().splitlines() if line.strip()]


if __name__ == "__main__":
    main()
