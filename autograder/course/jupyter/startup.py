"""Run by every kernel that `study` starts: who runs a cell before the notebook's first one is told so, though nothing of the course was imported."""


def _install(shell):
    def missing(self, kind, error, traceback, tb_offset=None):
        from autograder.learner.meant import install_did_you_mean

        install_did_you_mean(self)  # it knows the course, and is asked from now on
        return self.CustomTB(kind, error, traceback, tb_offset)

    shell.set_custom_exc((NameError,), missing)


_install(get_ipython())  # noqa: F821 - IPython's, here as in every cell
del _install
