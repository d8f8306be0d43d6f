"""备案助手 without a window: the filing model, its checks and its packet. Imports no Qt."""
