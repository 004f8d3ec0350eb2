"""Settings of the graders' server."""

c = get_config()  # noqa: F821 - Jupyter puts it there

# JupyterLab shows Formgrader in a frame, which JupyterHub forbids; pages of this very hub may.
c.ServerApp.tornado_settings = {"headers": {"Content-Security-Policy": "frame-ancestors 'self'"}}
# nbgrader's tools for others
c.ServerApp.jpserver_extensions.update(
    {f"nbgrader.server_extensions.{name}": False for name in ("assignment_list", "course_list", "validate_assignment")}
)
