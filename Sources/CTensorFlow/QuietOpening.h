// How the library is opened without its start-up log on standard error.

#ifndef PENSTOCK_QUIET_OPENING_H
#define PENSTOCK_QUIET_OPENING_H

/// Opens a library as `dlopen` does, and keeps what TensorFlow tells of its start-up from standard error.
///
/// Recent releases log a line while they are being opened, before any of their functions could be called and whatever
/// the environment says. What anything else writes to standard error meanwhile is passed on.
void *penstock_open_quietly(const char *path, int mode);

#endif
