"""Settings of the graders' server."""

c = get_config()  # noqa: F821 - Jupyter puts it there

# JupyterLab shows Formgrader in a frame, which JupyterHub forbids; pages of this very hub may.
c.ServerApp.tornado_settings = {"headers": {"Content-Security-Policy": "frame-ancestors 'self'"}}
