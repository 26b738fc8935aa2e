SELECT DISTINCT archive FROM ops.withheld WHERE archive IS NOT NULL ORDER BY archive
