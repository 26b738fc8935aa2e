-- Copies of every kind with their groups, kinds of revision with their notes, and stories.
ALTER TABLE news.print ADD COLUMN facts UINTEGER[];
ALTER TABLE news.print ADD COLUMN seq BIGINT;
ALTER TABLE news.print ADD COLUMN common INTEGER;
ALTER TABLE news.print ADD COLUMN common_coarse INTEGER;
ALTER TABLE news.print ADD COLUMN holds BOOLEAN;
UPDATE news.print SET facts = [], seq = rowid, common = 0, common_coarse = 0, holds = false;
COMMENT ON COLUMN news.print.holds IS 'Whether it holds all of another text, as a round-up does';
COMMENT ON COLUMN news.print.common IS 'How many of the hashes were boilerplate when it came';
COMMENT ON COLUMN news.print.common_coarse IS 'How many of those are among the hashes that are kept of every text';
COMMENT ON COLUMN news.print.facts IS 'Hashes of the text''s numbers and names, sorted; empty for texts of before they were kept';
COMMENT ON COLUMN news.print.seq IS 'Number of the version: those that came later have greater numbers';

ALTER TABLE news.version ADD COLUMN note VARCHAR;
ALTER TABLE news.version ADD COLUMN note_kind VARCHAR;
COMMENT ON COLUMN news.version.note_kind IS 'What the note is: correction or retraction';
COMMENT ON COLUMN news.version.note IS 'The correction or withdrawal that the version states, as printed';
COMMENT ON COLUMN news.version.change_kind IS 'first, headline (only the headline changed), typo, content, correction, retraction, restored (an earlier text came back), or completed (the whole text of a teaser; no revision)';
COMMENT ON COLUMN news.version.changed_share IS 'Share of words that differ from the version before (of the headline, where only that changed), 0 to 1; of word 5-grams in versions restored, completed or of before this was told; NULL for the first';

ALTER TABLE news.copy ADD COLUMN version INTEGER;
ALTER TABLE news.copy ADD COLUMN of_version INTEGER;
ALTER TABLE news.copy ADD COLUMN of_containment FLOAT;
ALTER TABLE news.copy ADD COLUMN shared_words INTEGER;
ALTER TABLE news.copy ADD COLUMN credit VARCHAR;
UPDATE news.copy SET version = 1, of_version = 1, of_containment = containment;
COMMENT ON TABLE news.copy IS 'Pairs of articles that share a text: each version against all that came before it, and against those that turned out to be its copies';
COMMENT ON COLUMN news.copy.article_id IS 'The copy: of the two, the one that had the text later';
COMMENT ON COLUMN news.copy.of_article_id IS 'The article that had the text first: the agency that the copy credits, else by publication, else by arrival';
COMMENT ON COLUMN news.copy.relation IS 'exact (the same words), near (the same sentences; furniture, order or spelling differ), excerpt (one lies in the other), or update (sentences changed, most are shared)';
COMMENT ON COLUMN news.copy.containment IS 'Share of the copy''s word 5-grams that stand in the origin, 0 to 1';
COMMENT ON COLUMN news.copy.credited IS 'Whether the copy names the origin''s agency or outlet, or has the same outlet';
COMMENT ON COLUMN news.copy.version IS 'The copy''s version';
COMMENT ON COLUMN news.copy.of_version IS 'The origin''s version that it was compared with';
COMMENT ON COLUMN news.copy.of_containment IS 'Share of the origin''s word 5-grams that stand in the copy, 0 to 1';
COMMENT ON COLUMN news.copy.shared_words IS 'Words that both have, estimated from what is kept of the fingerprints';
COMMENT ON COLUMN news.copy.credit IS 'The words in which the copy names the origin, as printed';

CREATE TABLE news.copy_group (article_id VARCHAR NOT NULL, version INTEGER NOT NULL, group_id VARCHAR NOT NULL, of_article_id VARCHAR NOT NULL, batch_id BIGINT NOT NULL);
COMMENT ON TABLE news.copy_group IS 'Articles that joined the group of another one''s copies, by their best match; those not listed are a group of their own';
COMMENT ON COLUMN news.copy_group.article_id IS 'The article';
COMMENT ON COLUMN news.copy_group.version IS 'The version that joined';
COMMENT ON COLUMN news.copy_group.group_id IS 'The group: the article_id of the one that began it';
COMMENT ON COLUMN news.copy_group.of_article_id IS 'The article that it is most like';
COMMENT ON COLUMN news.copy_group.batch_id IS 'The batch that wrote it';
INSERT INTO news.copy_group SELECT article_id, 1, of_article_id, of_article_id, batch_id FROM news.copy;

CREATE TABLE news.story_article (article_id VARCHAR NOT NULL, story_id VARCHAR NOT NULL, score FLOAT NOT NULL, reason VARCHAR NOT NULL, number BIGINT NOT NULL, sort_at TIMESTAMP NOT NULL, added_at TIMESTAMP NOT NULL, batch_id BIGINT NOT NULL);
COMMENT ON TABLE news.story_article IS 'Which story each article was put into, and why; rows are only ever added';
COMMENT ON COLUMN news.story_article.article_id IS 'The article';
COMMENT ON COLUMN news.story_article.story_id IS 'The story; it may have been merged into another one since (news.story_merge)';
COMMENT ON COLUMN news.story_article.score IS 'How like the story it was, 0 to 1; of one that opens a story, how like the nearest';
COMMENT ON COLUMN news.story_article.reason IS 'Why it was put there';
COMMENT ON COLUMN news.story_article.number IS 'The how-many-eth article it was';
COMMENT ON COLUMN news.story_article.sort_at IS 'When it was published, else when it was first seen';
COMMENT ON COLUMN news.story_article.added_at IS 'When it was put there';
COMMENT ON COLUMN news.story_article.batch_id IS 'The batch that wrote it';

CREATE TABLE news.story_terms (article_id VARCHAR NOT NULL, terms UINTEGER[] NOT NULL, weights USMALLINT[] NOT NULL, fresh BLOB NOT NULL, batch_id BIGINT NOT NULL);
COMMENT ON TABLE news.story_terms IS 'What each article is about, as it is compared with stories';
COMMENT ON COLUMN news.story_terms.article_id IS 'The article';
COMMENT ON COLUMN news.story_terms.terms IS 'Hashes of its terms, sorted';
COMMENT ON COLUMN news.story_terms.weights IS 'How much each counts; a headline''s words count more';
COMMENT ON COLUMN news.story_terms.fresh IS 'A bit for each term: whether it was new to the article''s story';
COMMENT ON COLUMN news.story_terms.batch_id IS 'The batch that wrote it';

CREATE TABLE news.story_merge (story_id VARCHAR NOT NULL, merged_into VARCHAR NOT NULL, score FLOAT NOT NULL, reason VARCHAR NOT NULL, merged_at TIMESTAMP NOT NULL, batch_id BIGINT NOT NULL);
COMMENT ON TABLE news.story_merge IS 'Stories that turned out to be one: the younger one''s articles count as the older one''s';
COMMENT ON COLUMN news.story_merge.story_id IS 'The younger story; its identifier is never used again';
COMMENT ON COLUMN news.story_merge.merged_into IS 'The older story; it may have been merged itself later';
COMMENT ON COLUMN news.story_merge.score IS 'How like one another they were, 0 to 1';
COMMENT ON COLUMN news.story_merge.reason IS 'Why they were merged';
COMMENT ON COLUMN news.story_merge.merged_at IS 'When';
COMMENT ON COLUMN news.story_merge.batch_id IS 'The batch that wrote it';

CREATE TABLE news.story_center (story_id VARCHAR NOT NULL, article_id VARCHAR NOT NULL, batch_id BIGINT NOT NULL);
COMMENT ON TABLE news.story_center IS 'The most central article of each story; the newest row holds';
COMMENT ON COLUMN news.story_center.story_id IS 'The story';
COMMENT ON COLUMN news.story_center.article_id IS 'The article whose words are most like those of all';
COMMENT ON COLUMN news.story_center.batch_id IS 'The batch that wrote it';
