"""The digits that come with the library: whole, small, and without pickles."""

import numpy as np

from optim_lib.landscapes.digits import FILE, all_digits, split


def test_file_is_small_and_plain():
    assert FILE.stat().st_size < 150_000
    with np.load(FILE, allow_pickle=False) as file:
        assert {name: (file[name].dtype, file[name].shape) for name in file} == {
            "images": (np.uint8, (1797, 64)),
            "labels": (np.uint8, (1797,)),
        }


def test_they_are_the_published_ones():
    counts = [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]  # as the source states
    assert np.bincount(all_digits().labels).tolist() == counts
    first = (all_digits().images[0].reshape(8, 8)[0] * 16).tolist()
    assert first == [0, 0, 5, 13, 9, 1, 0, 0] and all_digits().labels[0] == 0


def test_source_and_licence_are_named():
    page = FILE.with_name("README.md").read_text(encoding="utf-8")
    assert all(word in page for word in ("Alpaydin", "Kaynak", "1998", "CC BY 4.0"))


def test_split_is_the_same_each_time_and_shares_no_image():
    training, test = split(1200)
    assert (len(training), len(test)) == (1200, 597) and len(split(200)[1]) == 1597
    np.testing.assert_array_equal(split(1200)[1].images, test.images)
    np.testing.assert_array_equal(split(200)[0].images, training.images[:200])
    together = np.sort(np.concatenate([training.labels, test.labels]))
    np.testing.assert_array_equal(together, np.sort(all_digits().labels))
    seen = {image.tobytes() for image in training.images}
    assert not any(image.tobytes() in seen for image in test.images)
