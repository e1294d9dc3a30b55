"""What a broken rule may be broken by."""

import ast
import re

OPERATORS = (ast.Add, ast.Sub, ast.Mult, ast.Div, ast.Pow, ast.Mod, ast.FloorDiv, ast.MatMult)
CONSTANTS = ("0", "1", "-1", "2", "0.5", "1e300", "1e-300", "None", "'v'", "True", "[]", "...")
SLOTS = ("v", "s", "m", "t", "memory", "", 3, None)
RETURNS = """
theta; memory; None; theta, ; memory, theta; [theta, memory]; theta, memory, eta; theta, None
theta, []; list(theta), memory; theta.tolist(), memory; theta[:1], memory; theta[0], memory
theta.T, memory; theta.astype(complex), memory; theta.astype(str), memory; 0.0, {}; 'theta', {}
theta, {'v': 'v'}; theta, {'v': [1, 2]}; theta, {'v': None}; theta, {'v': memory}; theta, {0: theta}
theta, {'v': theta[0]}; theta, {'v': np.append(memory.get('v', []), 1)}; theta * np.nan, memory
np.sum(theta), memory; theta.reshape(-1, 1), memory; grad, memory; theta == theta, memory
theta, {'v': np.inf}; theta.view(np.int64), memory; np.ma.array(theta), memory; (theta, memory), 1
theta.astype(object), memory; theta.astype(np.float16), memory; iter([theta, memory]); mine, mine
"""
INSERTED = """
while True: pass
while True: g = grad(theta)
while True:
    try: g = grad(theta)
    except Exception: pass
while True:
    try: theta = theta - eta * grad(theta)
    except: pass
for i in iter(int, 1): pass
while (theta == theta).all(): theta = theta * 1.0
import time; time.sleep(0.05)
import time; time.sleep(0.3)
raise ValueError('two\\nlines')
raise
raise SystemExit
raise StopIteration
raise GeneratorExit
raise BaseException('base')
raise Exception(theta)
assert False
1 / 0
undefined
return mine(theta, grad, memory, eta=eta)
mine(theta, grad, memory, **locals())
theta += 1.0
theta *= 0
theta[0] = 0.0
theta[5] = 0.0
theta.sort()
theta.resize(3)
theta.setflags(write=False)
memory['v'] = 0.0
memory['n'] = memory.get('n', 0) + 1
memory.clear()
memory['memory'] = memory
memory = None
memory = dict(enumerate(memory))
grad = None
grad = grad(theta)
theta = None
theta = list(theta)
theta = 'theta'
theta = theta.astype(np.float32)
theta = theta[:, None]
eta = str(eta)
global KEPT; KEPT = KEPT + 1; theta = theta + KEPT
global np; np = None
global KEPT; KEPT = theta
if theta[0] > 0: return theta, memory
if theta.all() > 0.1: theta = -theta
for x in theta: x += 1
yield theta
theta = yield
print(theta, memory)
import warnings; warnings.warn('look out')
np.seterr(all='raise')
grad(theta[0])
grad('theta')
grad(theta + 1e-9)
grad()
del theta
del memory
theta = np.array([theta, theta])
theta = theta + np.random.default_rng().normal(size=theta.shape)
theta = theta + np.ones(7)
theta = np.float64(3)
return
pass
import no_such_module
eval('theta')
exec('theta = 0')
[].pop()
{}['v']
int('v')
theta.theta
theta()
eta = -eta
eta = [eta]
lambda: theta
class G: pass
"""
SIGNATURES = (
    (", *, ", ", "),
    ("(theta, grad, memory", "(theta, memory, grad"),
    ("(theta, grad, memory", "(theta, grad"),
    ("(theta, grad, memory", "(theta, grad, memory, extra"),
    (", *, ", ", *more, "),
    ("eta, beta", "learning_rate, beta"),
    ("eta", "eta, wanted"),
    ("eta", "eta=None"),
    ("eta", "eta='0.1'"),
    ("eta", "eta=0.01, **more"),
    ("=0.9", "=None"),
    ("=0.9", "='0.9'"),
    ("=0.9", "=[0.9]"),
    ("=0.9", "=(0, 1)"),
    ("=0.9", "=float('nan')"),
    ("=0.9", "=1e300"),
    ("=0.9", "=9"),
    ("=0.9", "=True"),
    ("=0.9", "=np.ones(2)"),
    ("=0.9", "=-0.9"),
)

EXPRESSIONS = [e.strip() for e in RETURNS.replace("\n", ";").split(";") if e.strip()]
STATEMENTS = re.split(r"\n(?! )", INSERTED.strip())  # an indented line goes on with its statement
