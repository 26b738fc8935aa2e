-- The facts of these versions go, all of them.
DELETE FROM news.extraction USING wanted AS w WHERE extraction.article_id = w.article_id AND extraction.version = w.version;
DELETE FROM news.article_entity USING wanted AS w WHERE article_entity.article_id = w.article_id AND article_entity.version = w.version;
DELETE FROM news.mention USING wanted AS w WHERE mention.article_id = w.article_id AND mention.version = w.version;
DELETE FROM news.person_role USING wanted AS w WHERE person_role.article_id = w.article_id AND person_role.version = w.version;
DELETE FROM news.place USING wanted AS w WHERE place.article_id = w.article_id AND place.version = w.version;
DELETE FROM news.date_mention USING wanted AS w WHERE date_mention.article_id = w.article_id AND date_mention.version = w.version;
DELETE FROM news.quote USING wanted AS w WHERE quote.article_id = w.article_id AND quote.version = w.version;
DELETE FROM news.event USING wanted AS w WHERE event.article_id = w.article_id AND event.version = w.version;
DELETE FROM news.keyword USING wanted AS w WHERE keyword.article_id = w.article_id AND keyword.version = w.version;
DELETE FROM news.answer USING wanted AS w WHERE answer.article_id = w.article_id AND answer.version = w.version;
