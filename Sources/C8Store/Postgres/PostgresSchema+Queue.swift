extension PostgresSchema {
    /// Jobs and schedules, as in the file (see `StateSchema`). Times are seconds since 1970 by the server's clock; a running
    /// job is its worker's until `lease_until`, and stays so after it until somebody takes it over.
    static let queueTables = [
        "CREATE TABLE c8run.job_script (hash text PRIMARY KEY, source bytea NOT NULL, files bytea NOT NULL)",
        // Rows change three times in their lives, and a claim must not wade through what has been.
        """
        CREATE TABLE c8run.job (
            number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, id text NOT NULL UNIQUE, state text NOT NULL,
            script_name text NOT NULL, script_hash text NOT NULL REFERENCES c8run.job_script (hash),
            arguments text NOT NULL, input text, terms text NOT NULL, tag text NOT NULL, priority integer NOT NULL,
            start_at float8, application text, profile text, submitter text NOT NULL, most_attempts integer NOT NULL,
            schedule text, submitted_at float8 NOT NULL, changed_at float8 NOT NULL, not_before float8 NOT NULL,
            attempts integer NOT NULL DEFAULT 0, fence bigint NOT NULL DEFAULT 0, worker text, claim text,
            lease_until float8, started_at float8, ended_at float8, has_written boolean NOT NULL DEFAULT false,
            is_cancelling boolean NOT NULL DEFAULT false, exit_code integer, error text, result text
        ) WITH (autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.05)
        """,
        """
        CREATE INDEX job_waiting ON c8run.job (tag, priority DESC, not_before, number) WHERE state = 'waiting'
        """,
        "CREATE INDEX job_running ON c8run.job (lease_until) WHERE state = 'running'",
        "CREATE INDEX job_changed ON c8run.job (changed_at, number)",
        "CREATE INDEX job_script_hash ON c8run.job (script_hash)",
        """
        CREATE TABLE c8run.job_attempt (
            job bigint NOT NULL REFERENCES c8run.job (number) ON DELETE CASCADE, fence bigint NOT NULL,
            attempt integer NOT NULL, worker text NOT NULL, started_at float8 NOT NULL, ended_at float8,
            exit_code integer, error text, output text NOT NULL, log text NOT NULL, PRIMARY KEY (job, fence))
        """,
        """
        CREATE TABLE c8run.job_schedule (
            id text PRIMARY KEY, expression text NOT NULL, zone text NOT NULL, next_at float8 NOT NULL, last_at float8,
            count bigint NOT NULL DEFAULT 0, script_name text NOT NULL,
            script_hash text NOT NULL REFERENCES c8run.job_script (hash), arguments text NOT NULL, input text,
            terms text NOT NULL, tag text NOT NULL, priority integer NOT NULL, start_at float8, application text,
            profile text, submitter text NOT NULL, most_attempts integer NOT NULL)
        """,
        takeOverJobs, claimJobs, endJobs,
    ]

    /// What has ended, in the order in which it is listed and pruned, as in the file. Claims cannot take it for theirs, whatever
    /// the server knows of the tables: what waits is not in it.
    static let queueIndex = [
        "DROP INDEX c8run.job_changed",
        """
        CREATE INDEX job_ended ON c8run.job (state, changed_at, number)
        WHERE state IN ('done', 'failed', 'dead', 'cancelled')
        """,
    ]

    /// Ends the attempts of jobs whose lease is over, as `JobRetry.nextAfterLoss` and `JobRetry.loss` have it.
    ///
    /// Fences grow, so that a former worker is told that it has lost the job.
    private static let takeOverJobs = """
        CREATE FUNCTION c8run.take_over_jobs() RETURNS void LANGUAGE plpgsql
        \(settings) AS $body$
        DECLARE v_now float8 := extract(epoch FROM clock_timestamp())::float8;
        BEGIN
            WITH lost AS (
                SELECT number, fence, attempts, coalesce(worker, '?') AS worker, started_at,
                    'its worker (' || coalesce(worker, '?') || ') was lost' || CASE WHEN has_written
                        THEN ' after a write outside of a flow, which may have taken place' ELSE '' END AS error
                FROM c8run.job WHERE state = 'running' AND lease_until <= v_now
                ORDER BY lease_until LIMIT 100 FOR UPDATE SKIP LOCKED
            ), noted AS (
                INSERT INTO c8run.job_attempt (job, fence, attempt, worker, started_at, error, output, log)
                SELECT number, fence, attempts, worker, coalesce(started_at, v_now), error, '', '' FROM lost
                ON CONFLICT DO NOTHING
            ), decided AS (
                SELECT lost.number, lost.error, CASE WHEN job.is_cancelling THEN 'cancelled'
                    WHEN job.has_written OR job.attempts >= job.most_attempts THEN 'dead' ELSE 'waiting' END AS state
                FROM lost JOIN c8run.job AS job ON job.number = lost.number
            )
            UPDATE c8run.job AS job SET state = decided.state, fence = job.fence + 1, error = decided.error,
                exit_code = NULL, is_cancelling = false, claim = NULL, lease_until = NULL, changed_at = v_now,
                not_before = CASE WHEN decided.state = 'waiting' THEN v_now ELSE job.not_before END,
                ended_at = CASE WHEN decided.state = 'waiting' THEN NULL ELSE v_now END
            FROM decided WHERE job.number = decided.number;
        END $body$
        """

    /// Plans are made once for each connection, by the indices, however little the server knows of the tables, which fill and
    /// empty within moments. To plan anew for each call took two fifths of the server's time.
    private static let settings = """
        SET enable_seqscan = off SET enable_bitmapscan = off SET plan_cache_mode = force_generic_plan
        """

    /// Takes jobs, with all that a worker needs; the text of a script once, and not where the worker knows it.
    ///
    /// Jobs are looked for by each tag alone, since the index has those of one tag in order.
    private static let claimJobs = """
        CREATE FUNCTION c8run.claim_jobs(
            a_name text, a_worker text, a_tags text[], a_application text, a_most integer, a_lease float8,
            a_known text[], a_repeated boolean
        ) RETURNS TABLE (
            number bigint, id text, fence bigint, attempts integer, most_attempts integer, script_name text,
            script_hash text, arguments text, input text, terms text, tag text, priority integer, start_at float8,
            application text, profile text, submitter text, source text, files text
        ) LANGUAGE plpgsql \(settings) AS $body$
        #variable_conflict use_column
        DECLARE
            v_now float8 := extract(epoch FROM clock_timestamp())::float8;
            v_taken bigint[];
        BEGIN
            IF a_repeated THEN
                SELECT array_agg(job.number ORDER BY job.number) INTO v_taken FROM c8run.job AS job
                WHERE job.state = 'running' AND job.claim = a_name;
            END IF;
            IF v_taken IS NULL THEN
                IF EXISTS (SELECT FROM c8run.job AS job WHERE job.state = 'running' AND job.lease_until <= v_now) THEN
                    PERFORM c8run.take_over_jobs();
                    v_now := extract(epoch FROM clock_timestamp())::float8;
                END IF;
                WITH candidate AS (
                    SELECT found.number, found.priority, found.not_before
                    FROM unnest(a_tags) AS wanted (tag) CROSS JOIN LATERAL (
                        SELECT job.number, job.priority, job.not_before FROM c8run.job AS job
                        WHERE job.state = 'waiting' AND job.tag = wanted.tag AND job.not_before <= v_now
                            AND (job.application IS NULL OR job.application = a_application)
                        ORDER BY job.priority DESC, job.not_before, job.number
                        LIMIT a_most FOR UPDATE SKIP LOCKED) AS found
                ), chosen AS (
                    SELECT number FROM candidate ORDER BY priority DESC, not_before, number LIMIT a_most
                ), taken AS (
                    UPDATE c8run.job AS job SET state = 'running', fence = job.fence + 1, attempts = job.attempts + 1,
                        worker = a_worker, claim = a_name, lease_until = v_now + a_lease, started_at = v_now,
                        changed_at = v_now, ended_at = NULL, has_written = false, is_cancelling = false
                    FROM chosen WHERE job.number = chosen.number
                    RETURNING job.number, job.priority, job.not_before
                )
                SELECT array_agg(number ORDER BY priority DESC, not_before, number) INTO v_taken FROM taken;
            END IF;
            IF v_taken IS NULL THEN RETURN; END IF;
            RETURN QUERY
            SELECT job.number, job.id, job.fence, job.attempts, job.most_attempts, job.script_name, job.script_hash,
                job.arguments, job.input, job.terms, job.tag, job.priority, job.start_at, job.application, job.profile,
                job.submitter, encode(script.source, 'hex'), encode(script.files, 'hex')
            FROM (
                SELECT mine.number, mine.place, row_number() OVER (PARTITION BY job.script_hash ORDER BY mine.place) AS turn
                FROM unnest(v_taken) WITH ORDINALITY AS mine (number, place)
                JOIN c8run.job AS job ON job.number = mine.number
            ) AS mine
            JOIN c8run.job AS job ON job.number = mine.number
            LEFT JOIN c8run.job_script AS script
                ON script.hash = job.script_hash AND mine.turn = 1 AND NOT job.script_hash = ANY (a_known)
            ORDER BY mine.place;
        END $body$
        """

    /// Records how attempts ended: each in the state that `JobRetry.next` gives, but for those that an operator has asked to
    /// end. One that was drained is put back as if it had not been.
    ///
    /// - Returns: the numbers of those that were recorded, be it by an earlier try of the same call.
    private static let endJobs = """
        CREATE FUNCTION c8run.end_jobs(
            a_numbers bigint[], a_fences bigint[], a_states text[], a_pauses float8[], a_drained boolean[],
            a_codes integer[], a_results text[], a_errors text[], a_outputs text[], a_logs text[], a_written boolean[],
            a_kept integer, a_repeated boolean
        ) RETURNS SETOF bigint LANGUAGE plpgsql \(settings) AS $body$
        DECLARE v_now float8 := extract(epoch FROM clock_timestamp())::float8;
        BEGIN
            RETURN QUERY
            WITH mine AS (
                SELECT * FROM unnest(a_numbers, a_fences, a_states, a_pauses, a_drained, a_codes, a_results, a_errors,
                    a_outputs, a_logs, a_written)
                    AS mine (number, fence, state, pause, drained, code, result, error, output, log, written)
            ), decided AS (
                SELECT mine.*, job.attempts, job.worker, job.started_at,
                    CASE WHEN job.is_cancelling AND mine.code <> 0 THEN 'cancelled' ELSE mine.state END AS next,
                    mine.drained AND mine.state = 'waiting' AND NOT job.is_cancelling AS is_put_back
                FROM mine JOIN c8run.job AS job ON job.number = mine.number
                WHERE job.fence = mine.fence AND job.state = 'running'
                FOR UPDATE OF job
            ), ended AS (
                UPDATE c8run.job AS job SET state = decided.next, changed_at = v_now, claim = NULL, lease_until = NULL,
                    is_cancelling = false,
                    not_before = CASE WHEN decided.next = 'waiting' THEN v_now + decided.pause ELSE job.not_before END,
                    attempts = CASE WHEN decided.is_put_back THEN job.attempts - 1 ELSE job.attempts END,
                    ended_at = CASE WHEN decided.next = 'waiting' THEN NULL ELSE v_now END,
                    exit_code = CASE WHEN decided.is_put_back THEN job.exit_code ELSE decided.code END,
                    error = CASE WHEN decided.is_put_back THEN job.error ELSE decided.error END,
                    result = CASE WHEN decided.is_put_back THEN job.result ELSE decided.result END,
                    has_written = decided.written
                FROM decided WHERE job.number = decided.number
                RETURNING job.number
            ), noted AS (
                INSERT INTO c8run.job_attempt
                    (job, fence, attempt, worker, started_at, ended_at, exit_code, error, output, log)
                SELECT number, fence, attempts, coalesce(worker, '?'), coalesce(started_at, v_now), v_now, code, error,
                    output, log
                FROM decided WHERE NOT is_put_back
            ), trimmed AS (
                DELETE FROM c8run.job_attempt AS attempt USING decided
                WHERE decided.fence > a_kept AND attempt.job = decided.number AND attempt.fence <= (
                    SELECT older.fence FROM c8run.job_attempt AS older WHERE older.job = decided.number
                    ORDER BY older.fence DESC OFFSET a_kept - 1 LIMIT 1)
            )
            SELECT number FROM ended
            UNION ALL
            SELECT job.number FROM mine JOIN c8run.job AS job ON job.number = mine.number
            WHERE a_repeated AND job.fence = mine.fence AND job.state <> 'running';
        END $body$
        """
}
