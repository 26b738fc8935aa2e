-- The facts of these versions go, each out of the batch that wrote them.
DELETE FROM news.extraction USING facts_gone AS w WHERE extraction.article_id = w.article_id AND extraction.version = w.version AND extraction.batch_id = w.batch_id;
DELETE FROM news.article_entity USING facts_gone AS w WHERE article_entity.article_id = w.article_id AND article_entity.version = w.version AND article_entity.batch_id = w.batch_id;
DELETE FROM news.mention USING facts_gone AS w WHERE mention.article_id = w.article_id AND mention.version = w.version AND mention.batch_id = w.batch_id;
DELETE FROM news.person_role USING facts_gone AS w WHERE person_role.article_id = w.article_id AND person_role.version = w.version AND person_role.batch_id = w.batch_id;
DELETE FROM news.place USING facts_gone AS w WHERE place.article_id = w.article_id AND place.version = w.version AND place.batch_id = w.batch_id;
DELETE FROM news.date_mention USING facts_gone AS w WHERE date_mention.article_id = w.article_id AND date_mention.version = w.version AND date_mention.batch_id = w.batch_id;
DELETE FROM news.quote USING facts_gone AS w WHERE quote.article_id = w.article_id AND quote.version = w.version AND quote.batch_id = w.batch_id;
DELETE FROM news.event USING facts_gone AS w WHERE event.article_id = w.article_id AND event.version = w.version AND event.batch_id = w.batch_id;
DELETE FROM news.keyword USING facts_gone AS w WHERE keyword.article_id = w.article_id AND keyword.version = w.version AND keyword.batch_id = w.batch_id;
DELETE FROM news.answer USING facts_gone AS w WHERE answer.article_id = w.article_id AND answer.version = w.version AND answer.batch_id = w.batch_id;
