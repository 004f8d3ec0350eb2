"""Settings of a person's own server: it ends when nobody is there, so that a machine for a class is not full of the forgotten."""

c = get_config()  # noqa: F821 - Jupyter puts it there

c.MappingKernelManager.cull_idle_timeout = 2 * 3600  # seconds; a notebook that is open in a browser is never ended
c.ServerApp.shutdown_no_activity_timeout = 3600
# nbgrader's tools for others
c.ServerApp.jpserver_extensions.update({f"nbgrader.server_extensions.{name}": False for name in ("formgrader", "validate_assignment")})
