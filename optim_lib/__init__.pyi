"""The public names, for editors and type checkers; __init__.py says where each is at home."""

from optim_lib import landscapes as landscapes
from optim_lib import rules as rules
from optim_lib import text as text
from optim_lib.checking.check import check as check
from optim_lib.checking.check_number import check_number as check_number
from optim_lib.checking.check_number import check_numbers as check_numbers
from optim_lib.landscapes.landscape import Landscape as Landscape
from optim_lib.panels.explore import explore as explore
from optim_lib.panels.predict import predict as predict
from optim_lib.panels.race import race as race
from optim_lib.panels.sweep import sweep as sweep
from optim_lib.pictures.diff import diff as diff
from optim_lib.pictures.forgetting import forgetting as forgetting
from optim_lib.pictures.learning_curves import learning_curves as learning_curves
from optim_lib.pictures.power_law import power_law as power_law
from optim_lib.pictures.sweep_grid import sweep_grid as sweep_grid
from optim_lib.pictures.weight_decay import weight_decay as weight_decay
from optim_lib.publish.lecture import lecture as lecture
from optim_lib.runs.impulse import impulse as impulse
from optim_lib.runs.inspect import title_of as title_of
from optim_lib.runs.run import run as run
from optim_lib.runs.train import train as train
