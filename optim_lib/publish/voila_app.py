"""The course in Voila, for a lecture hall:

python -m optim_lib.publish.voila_app notebooks/en    and Voila's own options, such as --no-browser
"""

import os
from pathlib import Path

from traitlets.config import Config
from voila.app import Voila, VoilaKernelWebsocketHandler

from optim_lib.publish.nodelay import prompt
from optim_lib.publish.toc import beside, course

# Of JupyterLab only what shows widgets: whatever else is installed would be loaded, too.
WIDGETS = [
    "@jupyter-widgets/jupyterlab-manager",
    "@voila-dashboards/widgets-manager8",
    "anywidget",
]


class Hall(Voila):
    """Voila, whose pictures do not wait for the wire: see wire.py."""

    def init_handlers(self):
        return [
            (where, prompt(kind) if kind is VoilaKernelWebsocketHandler else kind, *rest)
            for where, kind, *rest in super().init_handlers()
        ]


def with_course(page_config, settings, notebook_path="", **_):
    """What our pages are told besides: the notebooks of the course, and those beside this one."""
    notebooks = course(settings["voila"].root_dir)
    before, after = beside(Path(notebook_path).stem, notebooks)
    page_config.update(course=notebooks, before=before, after=after)
    return page_config


def main():
    os.environ["OPTIM_LECTURE"] = "1"  # which the kernels inherit
    ours = Config()
    ours.VoilaConfiguration.template = "optim"
    ours.VoilaConfiguration.strip_sources = False  # a key shows the code
    ours.VoilaConfiguration.classic_tree = True  # the page that our index takes the place of
    ours.VoilaConfiguration.page_config_hook = with_course
    ours.VoilaConfiguration.extension_allowlist = WIDGETS
    Hall.launch_instance(config=ours)


if __name__ == "__main__":
    main()
