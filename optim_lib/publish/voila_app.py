"""The course in Voila, for a lecture hall:

python -m optim_lib.publish.voila_app notebooks/en    and Voila's own options, such as --no-browser
"""

import os
from pathlib import Path

from traitlets.config import Config
from voila.app import Voila, VoilaKernelWebsocketHandler

from optim_lib.publish.nodelay import without_delay
from optim_lib.publish.toc import course, neighbours

# Only what JupyterLab shows widgets with: whatever else is installed would be loaded as well.
WIDGETS = ["@jupyter-widgets/jupyterlab-manager", "@voila-dashboards/widgets-manager8", "anywidget"]


class VoilaWithoutDelay(Voila):
    """Voila, with Nagle's algorithm off: see nodelay.py."""

    def init_handlers(self):
        return [
            (url, without_delay(kind) if kind is VoilaKernelWebsocketHandler else kind, *rest)
            for url, kind, *rest in super().init_handlers()
        ]


def with_course(page_config, settings, notebook_path="", **_):
    """Our pages also know the notebooks of the course, and the ones before and after their own."""
    notebooks = course(settings["voila"].root_dir)
    before, after = neighbours(Path(notebook_path).stem, notebooks)
    page_config.update(course=notebooks, before=before, after=after)
    return page_config


def main():
    os.environ["OPTIM_LECTURE"] = "1"  # which the kernels inherit
    config = Config()
    config.VoilaConfiguration.template = "optim"
    config.VoilaConfiguration.strip_sources = False  # a key shows the code
    config.VoilaConfiguration.classic_tree = True  # the page that our index replaces
    config.VoilaConfiguration.page_config_hook = with_course
    config.VoilaConfiguration.extension_allowlist = WIDGETS
    VoilaWithoutDelay.launch_instance(config=config)


if __name__ == "__main__":
    main()
