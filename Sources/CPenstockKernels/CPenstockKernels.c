#include "CPenstockKernels.h"
int penstock_placeholder_CPenstockKernels(void){return 0;}
