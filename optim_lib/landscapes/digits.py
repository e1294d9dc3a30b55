"""1797 handwritten digits: a training set and a test set.

Source: E. Alpaydin and C. Kaynak, "Optical Recognition of Handwritten Digits", UCI Machine Learning
Repository, 1998; licence CC BY 4.0. See data/README.md.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

FILE = Path(__file__).with_name("data") / "digits.npz"


@dataclass(frozen=True, eq=False)
class Examples:
    """images (n, 64), each pixel from 0 (paper) to 1 (ink); labels (n,), the digits 0 to 9."""

    images: np.ndarray
    labels: np.ndarray

    def __len__(self):
        return len(self.labels)

    def __getitem__(self, which):
        return Examples(self.images[which], self.labels[which])


@cache
def all_digits():
    """The 1797 Examples in the order of the file, which is that of the writers."""
    with np.load(FILE, allow_pickle=False) as file:
        examples = Examples(file["images"] / 16, file["labels"].astype(int))
    examples.images.flags.writeable = examples.labels.flags.writeable = False
    return examples


def split(size=1200):
    """(training set, test set): `size` digits, always the same ones, and all the others."""
    order = np.random.default_rng(0).permutation(len(all_digits()))
    return all_digits()[order[:size]], all_digits()[order[size:]]
