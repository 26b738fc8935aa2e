SET allowed_directories = [$folder]
