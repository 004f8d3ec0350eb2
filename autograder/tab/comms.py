"""Sliders: what ipywidgets and its models in the page say to each other, as Jupyter's comm messages."""

from __future__ import annotations

import comm
from comm.base_comm import BaseComm

from .host import say


class PageComm(BaseComm):
    """A comm whose other end is the page."""

    def publish_msg(self, msg_type, data=None, metadata=None, buffers=None, **keys) -> None:
        say(
            "comm",
            kind=msg_type,
            comm_id=self.comm_id,
            data=data or {},
            metadata=metadata or {},
            target_name=keys.get("target_name", self.target_name),
        )


def install() -> None:
    """Let every widget that is made speak to the page."""
    comm.create_comm = PageComm


def heard(message: dict) -> None:
    """Give a widget what the page said to it; a widget that is gone hears nothing."""
    one = comm.get_comm_manager().comms.get(message["comm_id"])
    if one is not None:
        one.handle_msg({"content": {"comm_id": message["comm_id"], "data": message["data"]}, "metadata": {}, "buffers": []})
