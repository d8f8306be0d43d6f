"""The image bench: a picture turned, put straight, cropped and brought under the platform's limits."""
