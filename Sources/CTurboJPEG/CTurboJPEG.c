#include "CTurboJPEG.h"
int penstock_placeholder_CTurboJPEG(void){return 0;}
