CREATE OR REPLACE TEMP TABLE touched AS SELECT article_id FROM news.article WHERE hash(article_id) % $slices = $slice
