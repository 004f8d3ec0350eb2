"""JupyterHub for one class and its graders, set up as nbgrader's demo of one class with several graders.

hub.py puts this file beside hub.json, which says where things are and who is who. Settings of your own go into local_config.py
beside them: it is read last, and no update touches it.
"""

import grp
import json
import pwd
from pathlib import Path

from autograder.course.lab import kernel_environment

c = get_config()  # noqa: F821 - JupyterHub puts it there
here = Path(__file__).resolve().parent
hub = json.loads((here / "hub.json").read_text(encoding="utf-8"))
course, state, port = hub["course_id"], Path(hub["state"]), hub["port"]
python = str(Path(hub["environment"], "bin", "python"))
teachers = set(grp.getgrnam(hub["teachers"]).gr_mem)

# Everything listens on this machine alone; who comes from elsewhere comes through a web server that has the certificate (README).
c.JupyterHub.bind_url = f"http://127.0.0.1:{port}"
c.JupyterHub.hub_bind_url = f"http://127.0.0.1:{port + 1}"
c.ConfigurableHTTPProxy.api_url = f"http://127.0.0.1:{port + 2}"
c.ConfigurableHTTPProxy.command = [str(Path(hub["proxy"], "node_modules", ".bin", "configurable-http-proxy"))]
c.ConfigurableHTTPProxy.pid_file = str(state / "proxy.pid")
c.JupyterHub.db_url = f"sqlite:///{state / 'jupyterhub.sqlite'}"
c.JupyterHub.cookie_secret_file = str(state / "cookie_secret")

# Who may come in say two Unix groups, and their password says PAM. The name of the account is the student's id.
c.JupyterHub.authenticator_class = "pam"
c.PAMAuthenticator.allowed_groups = {hub["students"], hub["teachers"]}

# LocalProcessSpawner: a part of JupyterHub, with or without systemd, and what nbgrader's demos run. It limits nothing, so prlimit does, here.
c.JupyterHub.spawner_class = "jupyterhub.spawner.LocalProcessSpawner"
limits = [f"--nproc={hub['processes']}", f"--as={hub['memory_mib'] * 2**20}", "--core=0"]
c.Spawner.cmd = ["prlimit", *limits, python, "-m", "jupyterhub.singleuser"]
c.Spawner.default_url = "/lab"
c.Spawner.notebook_dir = "~"
c.Spawner.start_timeout = c.Spawner.http_timeout = 180  # seconds; at the start of a lesson a whole class opens the door
c.LocalProcessSpawner.popen_kwargs = {"umask": 0o077}  # what people make is their own


def jupyter_settings(role):
    """JUPYTER_CONFIG_PATH of a role: its own settings before those of everybody."""
    return f"{here / 'jupyter' / role}:{here / 'jupyter' / 'everybody'}"


def sockets(account):
    """Where this account's kernels have their sockets: the system takes no path of more than 107 characters, so it is a short one."""
    return f"{pwd.getpwnam(account).pw_dir}/.run"


c.Spawner.environment = {
    **kernel_environment(),
    "JUPYTER_RUNTIME_DIR": lambda spawner: sockets(spawner.user.name),
    "JUPYTER_CONFIG_PATH": lambda spawner: jupyter_settings("teacher" if spawner.user.name in teachers else "student"),
}

# The graders share one server, which runs as the course's account in the course's folder: no teacher's own account can read it either.
# The service is called like the course and the group formgrade- and the course: nbgrader's list of courses finds it so.
c.JupyterHub.services = [
    {
        "name": course,
        "url": f"http://127.0.0.1:{port + 3}",
        "command": [python, "-m", "jupyterhub.singleuser"],
        "user": hub["grader"],
        "cwd": hub["course"],
        "oauth_no_confirm": True,
        "environment": {
            **kernel_environment(),
            "JUPYTER_RUNTIME_DIR": sockets(hub["grader"]),
            "JUPYTER_CONFIG_PATH": jupyter_settings("course"),
            "JUPYTERHUB_DEFAULT_URL": "/lab",
            "JUPYTERHUB_ROOT_DIR": hub["course"],
        },
    }
]
c.JupyterHub.load_groups = {f"formgrade-{course}": {"users": sorted(teachers)}}
c.JupyterHub.load_roles = [
    {
        "name": f"formgrade-{course}",
        "groups": [f"formgrade-{course}"],
        "scopes": [f"access:services!service={course}", "list:services", f"read:services!service={course}"],
    },
    {"name": "server", "scopes": ["inherit"]},  # a teacher's list of courses asks whether its owner may see the service
]

if (here / "local_config.py").exists():
    load_subconfig(str(here / "local_config.py"))  # noqa: F821 - traitlets puts it there
