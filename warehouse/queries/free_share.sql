SELECT free_blocks * block_size, total_blocks * block_size FROM pragma_database_size() WHERE database_name = current_database()
