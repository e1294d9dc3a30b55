"""The course outside JupyterLab: lecture hall, handouts, settings of the server."""
