"""The folders of explorers/ import one way, as the table in docs/design.md has it, and the gallery holds explorers and their helpers."""

from functools import cache

from test_architecture import ROOT, imported, modules

import explorers

MAY_IMPORT = {"drawing": set(), "inputs": {"drawing"}, "widgets": {"drawing"}, "gallery": {"drawing", "inputs", "widgets"}, "": set()}


@cache
def homes() -> set[str]:
    return {getattr(explorers, name).__module__.rpartition(".")[2] for name in explorers.__all__} | {"__init__"}


def test_a_room_imports_only_what_its_row_allows():
    for path in modules(ROOT / "explorers"):
        room = "" if path.parent.name == "explorers" else path.parent.name
        names = [name.split(".") for name in imported(path)]
        rooms = {name[1] for name in names if name[0] == "explorers" and len(name) > 1 and (ROOT / "explorers" / name[1]).is_dir()}
        assert rooms <= MAY_IMPORT[room] | {room}, path
        assert room in ("widgets", "gallery") or not {"ipywidgets", "IPython"} & {name[0] for name in names}, path
        assert room != "gallery" or path.stem in homes() or any(path.stem.startswith(f"{home}_") for home in homes()), path
