SELECT coalesce(max(seq), -1) + 1 FROM news.print
