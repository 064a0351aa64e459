// The part of ONNX Runtime's table of functions that Penstock calls, found at run time.

#ifndef PENSTOCK_CONNXRUNTIME_H
#define PENSTOCK_CONNXRUNTIME_H

#endif
