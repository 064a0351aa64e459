int penstock_placeholder_COpenVINO(void);
