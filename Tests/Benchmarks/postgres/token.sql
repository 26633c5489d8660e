SELECT *, extract(epoch FROM fetch_after_server - clock_timestamp())::float8 AS fetch_after_left,
    extract(epoch FROM clock_timestamp() - fetched_server)::float8 AS fetched_age
FROM c8run.token WHERE key = 'benchmark';
