"""The window of 备案助手. Only this package knows Qt."""
