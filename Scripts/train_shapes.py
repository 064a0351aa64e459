"""Trains the bundled model on pictures it draws itself, and measures it on pictures it has not seen.

    python3 Scripts/train_shapes.py --weights /tmp/shapes.weights.h5 [--count 16000] [--epochs 12] [--threads 2]
    python3 Scripts/export_shapes.py /tmp/shapes.weights.h5

Everything random has a fixed seed. Takes about ten minutes on two cores. Writes the weights and, beside them, a report
with the accuracy and what was confused with what.

Needs: pip install tensorflow numpy pillow
"""

import argparse
import json
import os
import pathlib

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")

import keras
import numpy
import tensorflow

import shape_model
import shape_scenes
from shape_outlines import LABELS

# Sets are told apart by their seed; the last is looked at once, at the end.
TRAINING_SEED, VALIDATION_SEED, TEST_SEED = 101, 202, 303


def varied(random, pixels):
    """Another picture out of each one: mirrored, turned by right angles, channels swapped, light changed."""
    pixels = pixels[:, :, ::-1] if random.uniform() < 0.5 else pixels
    pixels = numpy.rot90(pixels, random.integers(4), (1, 2))
    pixels = pixels[..., random.permutation(3)].astype(numpy.float32)
    gain = random.uniform(0.75, 1.25, (len(pixels), 1, 1, 1))
    return numpy.clip(pixels * gain + random.uniform(-20, 20, gain.shape), 0, 255)


def normalized(pixels):
    """The contract's preset `inception`."""
    return (pixels / 127.5 - 1).astype(numpy.float32)


class Batches(keras.utils.PyDataset):
    """The training set in a new order and a new variation each epoch."""

    def __init__(self, pixels, targets, size):
        super().__init__()
        self.pixels, self.targets, self.size = pixels, targets, size
        self.epoch = 0
        self.order = numpy.random.default_rng(0).permutation(len(targets))

    def __len__(self):
        return len(self.targets) // self.size

    def __getitem__(self, place):
        chosen = self.order[place * self.size : (place + 1) * self.size]
        random = numpy.random.default_rng([self.epoch, place])
        wanted = keras.utils.to_categorical(self.targets[chosen], len(LABELS))
        return normalized(varied(random, self.pixels[chosen])), wanted

    def on_epoch_end(self):
        self.epoch += 1
        self.order = numpy.random.default_rng(self.epoch).permutation(len(self.targets))


def report(model, count):
    """Accuracy on fresh pictures, a class at a time, and the commonest confusions."""
    pixels, targets = shape_scenes.examples(TEST_SEED, count, shape_model.SIDE)
    found = model.predict(normalized(pixels), batch_size=64, verbose=0).argmax(1)
    table = numpy.zeros((len(LABELS), len(LABELS)), int)
    numpy.add.at(table, (targets, found), 1)
    wrong = [(int(table[t, f]), LABELS[t], LABELS[f]) for t in range(len(LABELS)) for f in range(len(LABELS)) if t != f]
    return {
        "pictures": count,
        "accuracy": round(float((found == targets).mean()), 4),
        "classes": {label: round(float(row[k] / row.sum()), 4) for k, (label, row) in enumerate(zip(LABELS, table))},
        "confusions": [f"{times} × {true} named {named}" for times, true, named in sorted(wrong, reverse=True)[:8] if times],
    }


def train(options):
    """Trains by Adam with a warm start and a cosine descent."""
    pixels, targets = shape_scenes.examples(TRAINING_SEED, options.count, shape_model.SIDE)
    seen, known = shape_scenes.examples(VALIDATION_SEED, 960, shape_model.SIDE)
    batches = Batches(pixels, targets, options.batch)
    steps = len(batches) * options.epochs
    rate = keras.optimizers.schedules.CosineDecay(
        2e-4, steps - steps // 20, warmup_target=4e-3, warmup_steps=steps // 20, alpha=0.005
    )
    model = shape_model.build(len(LABELS))
    model.compile(
        keras.optimizers.AdamW(rate, weight_decay=1e-3),
        keras.losses.CategoricalCrossentropy(label_smoothing=0.02),
        metrics=["accuracy"],
    )
    expected = keras.utils.to_categorical(known, len(LABELS))
    model.fit(batches, epochs=options.epochs, validation_data=(normalized(seen), expected), verbose=2)
    return model


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--weights", type=pathlib.Path, required=True)
    parser.add_argument("--count", type=int, default=16000)
    parser.add_argument("--epochs", type=int, default=12)
    parser.add_argument("--batch", type=int, default=64)
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()

    keras.utils.set_random_seed(7)
    tensorflow.config.experimental.enable_op_determinism()
    tensorflow.config.threading.set_intra_op_parallelism_threads(options.threads)
    tensorflow.config.threading.set_inter_op_parallelism_threads(1)
    model = train(options)
    model.save_weights(options.weights)
    result = report(model, 3600)
    options.weights.with_suffix(".json").write_text(json.dumps(result, indent=2, ensure_ascii=False) + "\n")
    print(json.dumps(result, indent=2, ensure_ascii=False))


if __name__ == "__main__":
    main()
