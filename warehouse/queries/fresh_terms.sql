SELECT terms, fresh FROM news.story_terms WHERE batch_id > $after AND batch_id <= $upto
