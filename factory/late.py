"""Heavy modules, loaded when they are first used: most web processes compare no texts and write no sheets."""

from importlib import import_module


class Late:
    """Stands for a module; each of its names is fetched once."""

    def __init__(self, name):
        self._name = name

    def __getattr__(self, attribute):
        found = getattr(import_module(self._name), attribute)
        setattr(self, attribute, found)
        return found


numpy, openpyxl = Late("numpy"), Late("openpyxl")  # openpyxl brings numpy along
