ATTACH $path AS draft
