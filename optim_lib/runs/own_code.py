"""Which code belongs to the author of a function, and not to a library that it calls."""

import functools
import site
import sys
import sysconfig
from collections import deque
from pathlib import Path
from types import CodeType, FunctionType, GeneratorType, MethodType, ModuleType

import optim_lib

INSTALLED = ("stdlib", "platstdlib", "purelib", "platlib")
LIBRARIES = (
    *(sysconfig.get_path(name) for name in INSTALLED),
    site.getusersitepackages(),
    str(Path(optim_lib.__file__).parent),
    "<frozen ",
)
MANY = 1000  # entries of a list or dict, beyond which it holds data and no functions


def own_code(*things):
    """The code objects of these functions, and of what they can reach by name, as a set.

    Followed: inner functions, decorators, closures, defaults, globals, methods and attributes of
    objects, functools.partial, and functions kept in a list or dict; not code that is made while
    it runs, by exec or eval.
    """
    seen, found = {}, set()
    while things:
        thing, *things = things
        if id(thing) in seen:
            continue
        seen[id(thing)] = thing  # held, or its id would be given to another
        if isinstance(thing, CodeType):
            found.add(thing)
        things.extend(_parts(thing))
    return found


def _parts(thing):
    match thing:
        case CodeType():
            return [part for part in thing.co_consts if isinstance(part, CodeType)]
        case FunctionType():
            return _parts_of_function(thing)
        case MethodType():
            return [thing.__func__, thing.__self__]
        case functools.partial():
            return [thing.func, *thing.args, *thing.keywords.values()]
        case GeneratorType():
            return [thing.gi_code]
        case property():
            return [thing.fget]
        case dict() | list() | tuple() | set() | deque():
            entries = thing.values() if isinstance(thing, dict) else thing
            factory = getattr(thing, "default_factory", None)
            return [factory, *entries] if len(thing) <= MANY else [factory]
        case ModuleType():
            own = thing.__name__ == "__main__" or _is_own(vars(thing).get("__file__") or "<frozen ")
            return list(vars(thing).values()) if own else []
        case type():
            return [*vars(thing).values(), *thing.__bases__] if _is_own_class(thing) else []
    return _parts_of_object(thing)


def _parts_of_object(thing):
    slots = getattr(type(thing), "__slots__", ())
    named = [_attribute(thing, name) for name in (*slots, "__wrapped__")]
    attributes = [*named, *(_attribute(thing, "__dict__") or {}).values()]
    if _is_own_class(type(thing)):
        return [type(thing), *attributes]
    return [each for each in attributes if callable(each)]  # as in np.vectorize


def _attribute(thing, name):
    """Without asking the thing itself, which may do whatever it likes."""
    try:
        return object.__getattribute__(thing, name)
    except AttributeError:
        return None


def _parts_of_function(function):
    cells = [_content(cell) for cell in function.__closure__ or ()]
    if not _is_own(function.__code__.co_filename):
        return cells  # a library's wrapper around a function of one's own
    names = [name for code in _with_inner(function.__code__) for name in code.co_names]
    globals_ = [function.__globals__[name] for name in names if name in function.__globals__]
    defaults = [*(function.__defaults__ or ()), *(function.__kwdefaults__ or {}).values()]
    return [function.__code__, *cells, *globals_, *defaults]


def _with_inner(code):
    yield code
    for inner in _parts(code):
        yield from _with_inner(inner)


def _content(cell):
    try:
        return cell.cell_contents
    except ValueError:  # nothing has been put in yet
        return None


def _is_own(filename):
    return not (filename or "").startswith(LIBRARIES)


def _is_own_class(kind):
    module = sys.modules.get(kind.__module__)
    is_built_in = module is None or kind.__module__ in sys.builtin_module_names
    return not is_built_in and _is_own(getattr(module, "__file__", ""))
