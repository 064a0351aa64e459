// Carries the compiler and linker flags of FFmpeg's libraries, from pkg-config; import CFFmpeg to use them.
