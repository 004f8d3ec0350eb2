"""Every explorer has one prediction before it, every prediction one right option, and its answers are nowhere to be read beforehand."""

from __future__ import annotations

import base64
import json
import re
import tomllib
from pathlib import Path

import numpy as np
import pytest
from scenes import NAMES

from autograder import predict
from autograder.learner import ask, predicted
from autograder.learner.best_points import FOLDER
from autograder.learner.predictions import Prediction, predictions

ROOT = Path(__file__).resolve().parents[2]
WHY = tomllib.loads(Path(__file__).with_name("predictions.toml").read_text(encoding="utf-8"))
TEXTS = sorted(ROOT.glob("solutions/*.py"))
CALL = re.compile(rf"^(?:predict\(\s*\"(?P<asked>\w+)\"|(?P<shown>{'|'.join(NAMES)})\()", re.M)


def slope(f, x):
    """The derivative of f at x by a complex step: no formula of ours, and exact."""
    return np.imag(f(x + 1e-30j)) / 1e-30


def answers(prediction: Prediction) -> dict[str, str]:
    """What each option is told, without the beginning that all have."""
    return {option: prediction.answer(option).removeprefix(f"You predicted “{option}”. ") for option in prediction.options}


def test_each_explorer_has_one_prediction_before_it():
    first: dict[str, str] = {}
    for text in TEXTS:
        above = ""
        for call in CALL.finditer(text.read_text(encoding="utf-8")):
            if call["shown"] and call["shown"] not in first:
                first[call["shown"]] = above
            above = call["asked"] or ""  # a prediction is of the explorer that follows it, and of no other
    assert first == {name: name.removesuffix("_explorer") for name in NAMES}


def test_every_option_of_every_prediction_has_its_reason():
    assert {name: set(p.options) for name, p in predictions().items()} == {name: set(why) - {"given"} for name, why in WHY.items()}


@pytest.mark.parametrize("name", WHY)
def test_the_right_option_holds_and_the_others_do_not(name):
    names = {"np": np, "slope": slope}
    exec(WHY[name].get("given", ""), names)
    right = {option for option in predictions()[name].options if bool(eval(WHY[name][option], names))}
    said_yes = {option for option, told in answers(predictions()[name]).items() if told.startswith("Yes")}
    assert len(right) == 1 and right == said_yes


@pytest.mark.parametrize("name", WHY)
def test_each_option_has_an_answer_of_its_own_that_says_enough(name):
    told = answers(predictions()[name])
    assert all(len(words) > 40 for words in told.values())
    right = next(words for words in told.values() if words.startswith("Yes"))
    assert all(words != right for option, words in told.items() if words is not right)


def test_the_right_option_stands_in_every_place():
    """Among the questions with so many options, none of the places holds the right one in more than half of them, and none never does."""
    places: dict[int, list[int]] = {}
    for p in predictions().values():
        places.setdefault(len(p.options), []).append([words.startswith("Yes") for words in answers(p).values()].index(True))
    assert sum(map(len, places.values())) == len(predictions())
    for options, found in places.items():
        most = max(found.count(place) for place in range(options))
        assert most <= max(len(found) / 2, 1), (options, found)
        assert len(found) < 2 * options or set(found) == set(range(options)), (options, found)


def test_formulas_are_shown_as_formulas():
    """In the question, on the buttons and in the answers; what is remembered and read as plain text keeps its dollar signs."""
    some = [p for p in predictions().values() if "$" in p.question + "".join(answers(p).values())]
    assert len(some) > 5
    for p in some:
        texts = [p.question, *p.options, *map(p.answer, p.options)]
        for text, shown in zip(texts, [*p.shown, *map(p.markup, p.options)], strict=True):
            assert shown.count("<math ") == text.count("$") / 2 and "$" not in shown and "\\" not in shown
        assert p.shown[0] in ask.Asked(p).markup() and all(f">{option}</button>" in ask.Asked(p).markup() for option in p.shown[1:])
        assert p.question in repr(ask.Asked(p))


def test_no_answer_can_be_read_before_the_click():
    files = [*ROOT.glob("notebooks/*/*.ipynb"), *ROOT.glob("solutions/*/*.ipynb"), ROOT / "autograder" / "learner" / "predictions.json"]
    texts = {path: path.read_text(encoding="utf-8") for path in files}
    for prediction in predictions().values():
        shown = ask.Asked(prediction)
        faces = {"markup": shown.markup(), "still": shown.still(), "words": repr(shown)}
        for option, words in answers(prediction).items():
            faces_of_it = (words, json.dumps(words)[1:-1], prediction.markup(option).partition("”. ")[2])
            where = [place for place, text in {**texts, **faces}.items() if any(face in text for face in faces_of_it)]
            assert not where, (prediction.name, option, where)
    assert sum(text.count('predict(\\"') for path, text in texts.items() if "notebooks" in path.parts) == len(predictions())


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv(FOLDER, str(tmp_path))
    monkeypatch.setattr(predicted, "_session", {})
    return tmp_path


def pressed(asked) -> list[str]:
    return re.findall(r'aria-pressed="(\w+)"', asked.markup())


def test_a_click_is_remembered_and_shown_again(folder, monkeypatch):
    box = predict("secant").widget()
    assert pressed(predict("secant")) == ["false", "false"]
    box.children[predictions()["secant"].options.index("steeper")].click()
    assert json.loads((folder / ".progress.json").read_text(encoding="utf-8")) == {"predicted": {"secant": "steeper"}}
    monkeypatch.setattr(predicted, "_session", {})  # a new kernel
    again = predict("secant")
    told, shown = predictions()["secant"].answer("steeper"), predictions()["secant"].markup("steeper")
    assert pressed(again) == ["false", "true"] and shown in again.markup() and told in again.still() and told in repr(again)
    assert predictions()["secant"].markup("flatter") not in again.markup()


@pytest.mark.parametrize("kept", ["", "[]", '{"predicted": {"secant": "an option of another edition"}}', "\udcff"])
def test_what_cannot_be_used_counts_as_not_predicted(folder, kept):
    (folder / ".progress.json").write_bytes(kept.encode(errors="surrogateescape"))
    assert pressed(predict("secant")) == ["false", "false"]


def test_where_nothing_can_be_written_a_click_costs_nothing(folder, monkeypatch):
    monkeypatch.setenv(FOLDER, str(folder / "is" / "not" / "there"))
    (folder / "is").write_text("a file")
    predicted.remember("secant", "steeper")
    assert pressed(predict("secant")) == ["false", "true"]


def test_an_unknown_name_is_asked_back():
    assert "Did you mean secant" in predict("secnat")._repr_html_()
    assert "as the lesson does" in predict("?")._repr_html_() and "as the lesson does" in predict(3)._repr_html_()


def test_the_sealed_answers_are_those_of_the_text():
    one = Prediction.of("x", "Which?", {"a": "Yes: “ä” < b.", "b": "No."})
    assert json.loads(base64.b64decode(one.sealed))[0] == ["You predicted “a”. Yes: “ä” < b.", "You predicted “a”. Yes: “ä” &lt; b."]
    assert one.answer("b") == one.markup("b") == "You predicted “b”. No."
    with pytest.raises(ValueError):
        one.answer("c")
