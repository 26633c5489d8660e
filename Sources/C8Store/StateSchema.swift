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
        return migrator
    }
}
