"""The bundled model's layers: a small Inception of about 75,000 weights.

Needs: pip install tensorflow
"""

import keras
from keras import layers

# The edge of the model's square input.
SIDE = 96


def unit(x, filters, kernel, strides=1):
    """A convolution with its batch normalisation and ReLU: the only brick."""
    x = layers.Conv2D(filters, kernel, strides, padding="same", use_bias=False)(x)
    return layers.ReLU()(layers.BatchNormalization(momentum=0.95)(x))


def mixed(x, one, three, five, pooled):
    """Four parallel looks at the same place, side by side: 1×1, 3×3, 5×5 and a pool. `three` and `five` squeeze first."""
    branches = [
        unit(x, one, 1),
        unit(unit(x, three[0], 1), three[1], 3),
        unit(unit(x, five[0], 1), five[1], 5),
        unit(layers.MaxPooling2D(3, 1, padding="same")(x), pooled, 1),
    ]
    return layers.Concatenate()(branches)


def build(class_count):
    """The whole network, pictures in −1…1 to probabilities."""
    image = keras.Input((SIDE, SIDE, 3), name="image")
    x = unit(image, 16, 3, strides=2)
    x = layers.MaxPooling2D(3, 2, padding="same")(unit(x, 24, 3))
    x = mixed(x, 16, (16, 24), (8, 12), 12)
    x = mixed(x, 20, (20, 28), (10, 16), 16)
    x = layers.MaxPooling2D(3, 2, padding="same")(x)
    x = mixed(x, 32, (24, 40), (10, 20), 20)
    x = mixed(x, 32, (28, 48), (12, 24), 24)
    x = layers.GlobalAveragePooling2D()(x)
    x = layers.Dropout(0.1)(x)
    return keras.Model(image, layers.Dense(class_count, activation="softmax", name="scores")(x), name="shapes")
