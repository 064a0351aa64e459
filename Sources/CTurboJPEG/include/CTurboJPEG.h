int penstock_placeholder_CTurboJPEG(void);
