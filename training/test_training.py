"""What the recipe promises, as far as it can be told without training a model."""

from __future__ import annotations

import random
from dataclasses import asdict
from pathlib import Path

import pytest

torch = pytest.importorskip("torch")
sentencepiece = pytest.importorskip("sentencepiece")

from training import batches, convert, corpus, loss, model, noise, optim, package, train, vocab  # noqa: E402

PAIR = corpus.Pair("own-health", "Anna took 350 mg in May 2021.", "Anna tog 350 mg i maj 2021.")


def tiny() -> model.Shape:
    return model.Shape(vocabulary=40, width=64, heads=1, inner=128, encoder_layers=1, decoder_layers=1)


def test_masks_replace_the_same_spans_on_both_sides() -> None:
    for seed in range(50):
        changed = noise.mask(PAIR, random.Random(seed))
        sides = [sorted(m for m in vocab.MASKS if m in side) for side in (changed.en, changed.sv)]
        assert sides[0] == sides[1] != []


def test_words_that_stand_twice_are_not_masked() -> None:
    assert noise.shared_spans("5 and 5 of 7", "5 och 5 av 7") == ["7"]


def test_a_heading_has_no_stop_and_other_ends_stay() -> None:
    assert noise.unstop(PAIR).sv == "Anna tog 350 mg i maj 2021"
    question = corpus.Pair("x", "Why?", "Varför?")
    assert noise.unstop(question) == question


def test_development_sentences_are_kept_out() -> None:
    forbidden = frozenset({corpus.key("ANNA tog 350 mg, i maj 2021")})
    assert list(corpus.clean([PAIR], forbidden)) == []
    assert list(corpus.clean([PAIR], frozenset())) == [PAIR]


@pytest.mark.parametrize(
    ("en", "sv"),
    [
        ("Copy 3 files to disk", "Kopiera 4 filer till disk"),
        ("Copy the files.", "Kopiera filerna"),
        ("%d %s (%d%%) {x}", "%d %s (%d%%) {y}"),
    ],
)
def test_doubtful_interface_text_is_left_out(en: str, sv: str) -> None:
    assert not corpus.is_sound(corpus.Pair("ui-apps", en, sv))


def test_every_source_of_the_decay_is_known_to_the_level_mix() -> None:
    assert set(corpus.DECAY) <= set(corpus.STABLE)


def test_groups_hold_all_rows_and_no_more_tokens_than_allowed() -> None:
    rows = [([5] * n, [6] * (n + 1), 4) for n in range(1, 40)]
    groups = list(batches.grouped(rows, 200))
    assert [row for group in groups for row in group] == rows
    for group in groups:
        made = batches.batch(group)
        assert max(made.source.numel(), made.target.numel()) <= 200


def test_a_batch_shifts_the_target_by_one() -> None:
    made = batches.batch([([5, 6], [7, 8, 9], 4), ([5], [7], 3)])
    assert made.source.tolist() == [[5, 6, model.EOS], [5, model.EOS, model.PAD]]
    assert made.target.tolist() == [[4, 7, 8, 9], [3, 7, 0, 0]]
    assert made.labels.tolist() == [[7, 8, 9, model.EOS], [7, model.EOS, 0, 0]]


def test_the_loss_and_its_gradients_are_those_of_pytorch() -> None:
    torch.manual_seed(0)
    rows = torch.randn(1500, 16, requires_grad=True)
    weight = torch.randn(50, 16, requires_grad=True)
    labels = torch.randint(0, 50, (1500,))
    smooth, plain = loss.smoothed_loss(rows, weight, labels, 0.1)
    mine = torch.autograd.grad(smooth, (rows, weight))
    right = torch.nn.functional.cross_entropy(rows @ weight.T, labels, label_smoothing=0.1, reduction="sum")
    theirs = torch.autograd.grad(right, (rows, weight))
    torch.testing.assert_close(smooth, right)
    torch.testing.assert_close(
        plain, torch.nn.functional.cross_entropy(rows.detach() @ weight.T, labels, reduction="sum")
    )
    for one, other in zip(mine, theirs, strict=True):
        torch.testing.assert_close(one, other, rtol=1e-3, atol=1e-4)


def test_padding_changes_nothing() -> None:
    net = model.Translator(tiny()).eval()
    short = net(torch.tensor([[5, 6, 3]]), torch.tensor([[4, 7]]))
    padded = net(torch.tensor([[5, 6, 3, 0, 0]]), torch.tensor([[4, 7, 0]]))
    torch.testing.assert_close(short, padded[:, :2], rtol=1e-4, atol=1e-5)


def test_the_future_is_not_seen() -> None:
    net = model.Translator(tiny()).eval()
    source = torch.tensor([[5, 6, 3]])
    one = net(source, torch.tensor([[4, 7, 8]]))
    other = net(source, torch.tensor([[4, 7, 9]]))
    torch.testing.assert_close(one[:, :2], other[:, :2])


def test_muon_brings_singular_values_near_one() -> None:
    torch.manual_seed(0)
    found = optim.orthogonal(torch.randn(3, 32, 128)).float()
    values = torch.linalg.svdvals(found)
    assert 0.3 < float(values.min()) <= float(values.max()) < 1.7


def test_an_optimiser_goes_on_from_its_state() -> None:
    def stepped(optimiser: optim.Optimiser, net: model.Translator) -> None:
        for parameter in net.parameters():
            parameter.grad = torch.ones_like(parameter)
        optimiser.step(1.0)

    one = model.Translator(tiny())
    first = optim.Optimiser(one, optim.Rates())
    stepped(first, one)
    other = model.Translator(tiny())
    second = optim.Optimiser(other, optim.Rates())
    second.load(first.state())
    stepped(first, one)
    stepped(second, other)
    for mine, theirs in zip(first.master, second.master, strict=True):
        torch.testing.assert_close(mine, theirs)


def test_the_rate_warms_up_stays_and_falls(tmp_path: Path) -> None:
    level = train.Settings(run=tmp_path, minutes=1)
    assert train.height(200, 0.9, level) == 0.5
    assert train.height(4000, 0.9, level) == 1
    falling = train.Settings(run=tmp_path, minutes=1, decay=True)
    assert train.height(4000, 0.25, falling) == 0.75


def test_packages_are_the_same_from_run_to_run(tmp_path: Path) -> None:
    folder = tmp_path / "en_sv"
    folder.mkdir()
    (folder / "model.bin").write_bytes(b"weights")
    pieces = tmp_path / "sp.model"
    pieces.write_bytes(b"pieces")
    one = package.package(folder, pieces, tmp_path / "a", "0.1")
    other = package.package(folder, pieces, tmp_path / "b", "0.1")
    assert one.name == "translate-en_sv-0_1.argosmodel"
    assert one.read_bytes() == other.read_bytes()


def test_pieces_keep_masks_digits_and_odd_characters(tmp_path: Path) -> None:
    text = tmp_path / "corpus.tsv"
    words = [
        "Magnesium",
        "finns",
        "i",
        "nötter",
        "och",
        "frön,",
        "men",
        "12",
        "procent",
        "av",
        "alla",
        "vuxna",
        "äter",
        "för",
        "lite",
    ]
    lines = [
        f"own-health\t{' '.join(words[n % 9 :])} {n}\t{' '.join(words[n % 7 :])} {n}" for n in range(300)
    ]
    text.write_text("\n".join(lines), "utf-8")
    vocab.train(text, tmp_path / "sp.model", 105)
    pieces = sentencepiece.SentencePieceProcessor(model_file=str(tmp_path / "sp.model"))
    sentence = "⟦3⟧ äter 12 µg, 2½ och ⟦7⟧."
    cut = pieces.encode(sentence, out_type=str)
    assert {"⟦3⟧", "⟦7⟧", "1", "2", "½"} <= {piece.lstrip("▁") for piece in cut}
    assert pieces.decode_pieces(cut) == sentence
    assert pieces.piece_to_id(vocab.STARTS[0]) > model.EOS


def test_both_directions_are_the_same_network(tmp_path: Path) -> None:
    texts = tmp_path / "texts.tsv"
    words = ["a calf cramps", "en vad krampar", "no salt", "inget salt", "drink water", "drick vatten"]
    lines = [f"tatoeba\t{words[i % 6]} {i} {words[i % 5]}\t{words[(i + 1) % 6]} {i}\n" for i in range(400)]
    texts.write_text("".join(lines), "utf-8")
    vocab.train(texts, tmp_path / "sp.model", 100)
    shape = model.Shape(vocabulary=100, width=64, heads=1, inner=128, encoder_layers=1, decoder_layers=1)
    weights = model.Translator(shape).state_dict()
    torch.save({"shape": asdict(shape), "weights": weights}, tmp_path / "weights.pt")
    there, back = convert.convert(tmp_path / "weights.pt", tmp_path / "sp.model", tmp_path / "models")
    assert (there / "model.bin").read_bytes() == (back / "model.bin").read_bytes()
    assert (there / "config.json").read_text() != (back / "config.json").read_text()
