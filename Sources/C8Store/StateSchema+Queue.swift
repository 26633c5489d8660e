extension StateSchema {
    /// Jobs and schedules. A script's text is kept once, however many run it. Numbers are not used again: a claim of a job that
    /// was removed must not fit a later one.
    static let queue = """
        CREATE TABLE job_script (
            hash TEXT PRIMARY KEY NOT NULL, source BLOB NOT NULL, files BLOB NOT NULL
        ) STRICT;
        CREATE TABLE job (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            id TEXT NOT NULL UNIQUE,
            state TEXT NOT NULL,
            script_name TEXT NOT NULL,
            script_hash TEXT NOT NULL REFERENCES job_script (hash),
            arguments TEXT NOT NULL,
            input TEXT,
            terms TEXT NOT NULL,
            tag TEXT NOT NULL,
            priority INTEGER NOT NULL,
            start_at REAL,
            application TEXT,
            profile TEXT,
            submitter TEXT NOT NULL,
            most_attempts INTEGER NOT NULL,
            schedule TEXT,
            submitted_at REAL NOT NULL,
            changed_at REAL NOT NULL,
            not_before REAL NOT NULL,
            attempts INTEGER NOT NULL DEFAULT 0,
            fence INTEGER NOT NULL DEFAULT 0,
            worker TEXT,
            worker_key TEXT,
            started_at REAL,
            ended_at REAL,
            has_written INTEGER NOT NULL DEFAULT 0,
            is_cancelling INTEGER NOT NULL DEFAULT 0,
            exit_code INTEGER,
            error TEXT,
            result TEXT
        ) STRICT;
        CREATE INDEX job_waiting ON job (tag, priority DESC, not_before, number) WHERE state = 'waiting';
        CREATE INDEX job_running ON job (worker_key) WHERE state = 'running';
        CREATE INDEX job_changed ON job (changed_at);
        CREATE INDEX job_script_hash ON job (script_hash);
        CREATE TABLE job_attempt (
            job INTEGER NOT NULL REFERENCES job (number) ON DELETE CASCADE,
            fence INTEGER NOT NULL,
            attempt INTEGER NOT NULL,
            worker TEXT NOT NULL,
            started_at REAL NOT NULL,
            ended_at REAL,
            exit_code INTEGER,
            error TEXT,
            output TEXT NOT NULL,
            log TEXT NOT NULL,
            PRIMARY KEY (job, fence)
        ) STRICT;
        CREATE TABLE job_schedule (
            id TEXT PRIMARY KEY NOT NULL,
            expression TEXT NOT NULL,
            zone TEXT NOT NULL,
            next_at REAL NOT NULL,
            last_at REAL,
            count INTEGER NOT NULL DEFAULT 0,
            script_name TEXT NOT NULL,
            script_hash TEXT NOT NULL REFERENCES job_script (hash),
            arguments TEXT NOT NULL,
            input TEXT,
            terms TEXT NOT NULL,
            tag TEXT NOT NULL,
            priority INTEGER NOT NULL,
            start_at REAL,
            application TEXT,
            profile TEXT,
            submitter TEXT NOT NULL,
            most_attempts INTEGER NOT NULL
        ) STRICT;
        """

    /// What has ended, in the order in which it is listed and pruned; nothing else changes it. The one of all jobs changed with
    /// each of their states, and left the rest of a list to a look at every row.
    static let queueIndex = """
        DROP INDEX job_changed;
        CREATE INDEX job_ended ON job (state, changed_at, number)
            WHERE state IN ('done', 'failed', 'dead', 'cancelled');
        """
}
