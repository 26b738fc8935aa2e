-- Q1 volume by source and day, copies removed, with the 7-day average
SELECT outlet, day, articles, originals, originals_7d FROM mart.volume ORDER BY outlet, day;
-- Q2 who is quoted most, each utterance once, and by how many outlets
SELECT speaker, utterances, printed, outlets FROM mart.quoted() ORDER BY utterances DESC LIMIT 20;
-- Q3 what broke first, where: scoops per outlet, and the lead over the second
SELECT outlet, count(*) AS broke_first, median(lead_s) / 60 AS median_lead_minutes FROM mart.scoops GROUP BY outlet ORDER BY broke_first DESC;
-- Q4 how a wire story spread: minutes to the n-th outlet
FROM mart.spread((SELECT of_article_id FROM mart.copies GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1));
-- Q5 which outlets copy without credit, owners left out
FROM mart.credits WHERE NOT same_owner AND copies >= 3 ORDER BY uncredited DESC LIMIT 50;
-- Q6 the timeline of a story, with versions
SELECT sort_at, outlet, what, title, changed_share FROM mart.story_timeline
WHERE story_id = (SELECT story_id FROM mart.articles WHERE article_id = $article) ORDER BY sort_at;
-- Q7 who is named together: pairs by pmi, stories counted once, in four weeks
FROM mart.network(since := $day - INTERVAL 28 DAY, until := $day) ORDER BY stories DESC, pmi DESC LIMIT 50;
-- Q8 corrections and retractions: rate and time to correct
SELECT outlet, articles, corrections, retractions, median_correction_s FROM mart.outlets ORDER BY corrections DESC;
-- Q9 places by stories, not articles
SELECT name, country, lat, lon, stories, articles FROM mart.place_counts WHERE usage = 'dateline' ORDER BY stories DESC;
-- Q10 feed health: silent, failing, moved, with what became of the requests
SELECT source, any_value(status) AS status, any_value(silent_since) AS silent_since, any_value(expected_per_day) AS expected_per_day,
  count(outcome) AS fetches, count(*) FILTER (outcome NOT IN ('ok', 'unchanged', 'empty')) AS failed, sum(new)::BIGINT AS new_items
FROM mart.feed_health LEFT JOIN mart.fetches USING (source) GROUP BY source ORDER BY failed DESC;
-- Q11 copies that still carry what their origin corrected or withdrew
SELECT outlet, url, of_outlet, change_kind, fixed_at FROM mart.uncorrected_copies ORDER BY fixed_at;
-- Q12 bursting terms: a day against the 7 before
FROM mart.bursts($day) ORDER BY z DESC LIMIT 20;
-- Q13 blind spots: what one country's outlets carry and another's do not, in four weeks
FROM mart.unreported('US', 'GB', since := $day - INTERVAL 28 DAY) ORDER BY covered - missing DESC LIMIT 20;
-- Q14 own reporting or copies, and the datelines of what is its own
SELECT outlet, articles, originals, credited_copies, uncredited_copies, own_datelines FROM mart.outlets ORDER BY articles DESC;
-- Q15 where a row came from, and what the same run lost
FROM mart.lineage WHERE article_id = $article;
