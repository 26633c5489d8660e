import GRDB

/// The tables, by version. A step that has been released is never changed.
enum StateSchema {
    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1 token") { database in
            try database.execute(
                sql: """
                    CREATE TABLE token (
                        key TEXT PRIMARY KEY NOT NULL,
                        generation INTEGER NOT NULL,
                        value TEXT,
                        value_generation INTEGER,
                        fetched_at REAL,
                        ttl REAL,
                        fetch_after REAL NOT NULL,
                        refusal_code INTEGER,
                        refusal_fingerprint TEXT
                    ) STRICT
                    """)
        }
        migrator.registerMigration("2 flow") { database in
            // Numbers are not used again: a claim of a flow that was forgotten must not fit a later one.
            try database.execute(
                sql: """
                    CREATE TABLE flow (
                        number INTEGER PRIMARY KEY AUTOINCREMENT,
                        id TEXT NOT NULL UNIQUE,
                        script TEXT NOT NULL,
                        script_hash TEXT NOT NULL,
                        input TEXT,
                        state TEXT NOT NULL,
                        result TEXT,
                        error TEXT,
                        fence INTEGER NOT NULL,
                        owner_host TEXT NOT NULL,
                        owner_process INTEGER NOT NULL,
                        claimed_at REAL NOT NULL,
                        created_at REAL NOT NULL,
                        updated_at REAL NOT NULL,
                        ended_at REAL
                    ) STRICT;
                    CREATE TABLE step (
                        number INTEGER PRIMARY KEY,
                        flow INTEGER NOT NULL REFERENCES flow (number) ON DELETE CASCADE,
                        key TEXT NOT NULL,
                        parent TEXT NOT NULL,
                        position INTEGER,
                        state TEXT NOT NULL,
                        writes INTEGER NOT NULL,
                        attempt INTEGER NOT NULL,
                        last_operation TEXT,
                        error TEXT,
                        trace_id TEXT,
                        started_at REAL NOT NULL,
                        ended_at REAL,
                        wake_at REAL,
                        resolved TEXT,
                        resolved_by TEXT,
                        resolved_at REAL,
                        result TEXT,
                        UNIQUE (flow, key)
                    ) STRICT;
                    """)
        }
        // Which start of the machine a moment belongs to, and seconds since that start; and who has the slot.
        migrator.registerMigration("3 token clock") { database in
            try database.execute(
                sql: """
                    ALTER TABLE token ADD COLUMN fetched_boot_id TEXT;
                    ALTER TABLE token ADD COLUMN fetched_uptime REAL;
                    ALTER TABLE token ADD COLUMN fetch_after_boot_id TEXT;
                    ALTER TABLE token ADD COLUMN fetch_after_uptime REAL;
                    ALTER TABLE token ADD COLUMN holder TEXT;
                    """)
        }
        migrator.registerMigration("4 upload") { database in
            try database.execute(
                sql: """
                    CREATE TABLE upload (
                        flow INTEGER NOT NULL REFERENCES flow (number) ON DELETE CASCADE,
                        key TEXT NOT NULL,
                        checkpoint TEXT NOT NULL,
                        PRIMARY KEY (flow, key)
                    ) STRICT;
                    ALTER TABLE step ADD COLUMN written_at REAL;
                    """)
        }
        migrator.registerMigration("5 call") { database in
            try database.execute(
                sql: """
                    CREATE TABLE call (
                        number INTEGER PRIMARY KEY,
                        flow INTEGER NOT NULL REFERENCES flow (number) ON DELETE CASCADE,
                        key TEXT NOT NULL,
                        operation TEXT NOT NULL,
                        outcome TEXT NOT NULL,
                        code INTEGER,
                        trace_id TEXT,
                        at REAL NOT NULL
                    ) STRICT;
                    CREATE INDEX call_step ON call (flow, key);
                    """)
        }
        // The same moments by the platform's clock, in seconds since 1970.
        migrator.registerMigration("6 platform clock") { database in
            try database.execute(
                sql: """
                    ALTER TABLE token ADD COLUMN fetched_platform REAL;
                    ALTER TABLE token ADD COLUMN fetch_after_platform REAL;
                    """)
        }
        migrator.registerMigration("7 queue") { database in try database.execute(sql: queue) }
        migrator.registerMigration("8 queue index") { database in try database.execute(sql: queueIndex) }
        return migrator
    }
}
