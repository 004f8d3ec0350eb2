"""A Jupyter Server extension that takes a wait of about 40 ms off every other slider step.

    jupyter lab --ServerApp.jpserver_extensions=explorers.server=True

The server leaves Nagle's algorithm on for the websocket between page and kernel: a small message waits until the one
before it is acknowledged, and the acknowledgement is delayed by the other side. TCP_NODELAY sends it at once.
"""


def _jupyter_server_extension_points():
    return [{"module": "explorers.server"}]


def _load_jupyter_server_extension(app):
    from jupyter_server.services.kernels.websocket import KernelWebsocketHandler

    if hasattr(KernelWebsocketHandler, "eta_open"):
        return
    KernelWebsocketHandler.eta_open = KernelWebsocketHandler.open

    async def open_without_delay(self, *args, **kwargs):
        try:
            self.set_nodelay(True)
        except OSError as error:  # never let a faster picture cost a connection
            app.log.debug("explorers: TCP_NODELAY was refused: %s", error)
        return await self.eta_open(*args, **kwargs)

    KernelWebsocketHandler.open = open_without_delay
    app.log.info("explorers: kernel websockets answer without Nagle's delay")


load_jupyter_server_extension = _load_jupyter_server_extension
