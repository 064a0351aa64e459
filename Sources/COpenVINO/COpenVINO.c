#include "COpenVINO.h"
int penstock_placeholder_COpenVINO(void){return 0;}
