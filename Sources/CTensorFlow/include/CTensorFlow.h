// The part of TensorFlow's C interface that Penstock calls, found at run time.

#ifndef PENSTOCK_CTENSORFLOW_H
#define PENSTOCK_CTENSORFLOW_H

#endif
