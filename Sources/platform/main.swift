print("platform")
