extension PostgresSchema {
    /// The error of ``writeEntry`` where there is no such step (SQLSTATE of a class that is free for applications).
    static let unknownStep = "C8001"

    /// Writes a line of the journal as ``FlowStep/apply(_:)`` changes the value. False where the fence is not the flow's own,
    /// or another change has come before.
    static let writeEntry = """
        CREATE FUNCTION c8run.write_entry(
            a_flow bigint, a_fence bigint, a_revision bigint, a_now float8, a_lease float8, a_light boolean,
            a_kind text, a_key text, a_text text, a_error text, a_operation text, a_trace text, a_number bigint,
            a_attempt bigint, a_at float8, a_wake float8
        ) RETURNS boolean LANGUAGE plpgsql AS $body$
        BEGIN
            IF a_light THEN PERFORM set_config('synchronous_commit', 'off', true); END IF;
            UPDATE c8run.flow SET updated_at = a_now, revision = a_revision,
                lease_until = clock_timestamp() + make_interval(secs => a_lease)
            WHERE number = a_flow AND fence = a_fence AND revision = a_revision - 1 AND state = 'running';
            IF NOT FOUND THEN RETURN false; END IF;
            IF a_kind = 'begin' THEN
                INSERT INTO c8run.step (flow, key, parent, position, state, writes, attempt, started_at, wake_at)
                VALUES (a_flow, a_key, a_text, a_number, 'started', 0, a_attempt, a_at, a_wake)
                ON CONFLICT (flow, key) DO UPDATE SET position = a_number, state = 'started', writes = 0,
                    attempt = a_attempt, wake_at = a_wake, ended_at = NULL;
            ELSIF a_kind = 'writes' THEN
                UPDATE c8run.step SET writes = writes + a_number,
                    last_operation = coalesce(a_operation, last_operation),
                    written_at = CASE WHEN a_number > 0 THEN a_now ELSE written_at END
                WHERE flow = a_flow AND key = a_key;
            ELSIF a_kind = 'answer' THEN
                INSERT INTO c8run.call (flow, key, operation, outcome, code, trace_id, at)
                VALUES (a_flow, a_key, a_operation, a_text, a_number, a_trace, a_at);
            ELSIF a_kind = 'end' THEN
                UPDATE c8run.step SET state = 'done', result = a_text, error = NULL, ended_at = a_at
                WHERE flow = a_flow AND key = a_key;
            ELSIF a_kind = 'doubt' THEN
                UPDATE c8run.step SET state = 'doubt', error = a_error,
                    last_operation = coalesce(a_operation, last_operation), trace_id = coalesce(a_trace, trace_id)
                WHERE flow = a_flow AND key = a_key;
            ELSIF a_kind = 'failure' THEN
                UPDATE c8run.step SET error = a_error, trace_id = coalesce(a_trace, trace_id)
                WHERE flow = a_flow AND key = a_key;
            ELSIF a_kind = 'checkpoint' THEN
                INSERT INTO c8run.upload (flow, key, checkpoint) VALUES (a_flow, a_key, a_text)
                ON CONFLICT (flow, key) DO UPDATE SET checkpoint = a_text;
            END IF;
            IF NOT FOUND THEN RAISE EXCEPTION 'there is no such step' USING ERRCODE = '\(unknownStep)'; END IF;
            -- Of an attempt that is over for good, its calls tell nothing any more.
            IF a_kind = 'end' OR (a_kind = 'begin' AND a_attempt > 1) THEN
                DELETE FROM c8run.call WHERE flow = a_flow AND key = a_key;
            END IF;
            RETURN true;
        END $body$
        """
}
