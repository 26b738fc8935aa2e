DETACH slim
