"""Settings of every server on the hub."""

c = get_config()  # noqa: F821 - Jupyter puts it there

# Kernels listen on sockets in their owner's folder: to a port on this machine any other account could connect, and read what is printed.
c.KernelManager.transport = "ipc"
# The first takes a network delay off every slider step. The second would run npm at each start, to look for what is not there.
c.ServerApp.jpserver_extensions.update({"explorers.server": True, "jupyter_lsp": False})
# a login shell would read /etc/profile, which forgets where the course's program is
c.ServerApp.terminado_settings = {"shell_command": ["/bin/bash"]}
