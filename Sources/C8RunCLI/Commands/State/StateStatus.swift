import C8Platform
import C8Queue
import C8Store
import OrderedCollections

/// A state of either kind, as text and JSON.
struct StateStatus: Sendable {
    var kind: String
    var place: String
    /// Of the tables; 0 where there are none.
    var version: Int
    /// The version that this program writes.
    var newest: Int
    var tokens: Int64?
    var flows: Int64?
    var jobs: [JobState: Int]?
    /// What else there is to know, in the order in which it is shown.
    var more: [(name: String, text: String)] = []

    init(_ file: StateStore.Status) {
        kind = "SQLite"
        place = file.path
        version = file.version
        newest = file.newest
        tokens = file.tokens
        flows = file.flows
        jobs = file.jobs
    }

    init(_ database: PostgresStatus) {
        kind = "PostgreSQL"
        place = database.place
        version = database.version
        newest = PostgresSchema.newest
        tokens = database.tokens
        flows = database.flows
        jobs = database.jobs
        more = [("server", database.server), ("user", database.user), ("synchronous_commit", database.commits)]
    }

    private var advice: String {
        if version == 0 { return " (no tables yet: they are made with the first use)" }
        if version < newest { return " (this c8run needs \(newest): run c8run state migrate)" }
        return version > newest ? " (this c8run knows \(newest): update it)" : ""
    }

    var text: String {
        var rows = [["state", kind], ["place", place]] + more.map { [$0.name, $0.text] }
        rows.append(["version", "\(version)\(advice)"])
        if let tokens { rows.append(["applications", "\(tokens)"]) }
        if let flows { rows.append(["flows", "\(flows)"]) }
        if let jobs { rows.append(["jobs", Self.text(of: jobs)]) }
        return TextTable.lines(rows, width: OutputStream.standardOutput.columns(ProcessEnvironment.lookup))
            .map { $0 + "\n" }.joined()
    }

    /// `12 (3 waiting, 9 done)`.
    private static func text(of jobs: [JobState: Int]) -> String {
        let parts = JobState.allCases.compactMap { state in jobs[state].map { "\($0) \(state.rawValue)" } }
        let sum = "\(jobs.values.reduce(0, +))"
        return parts.isEmpty ? sum : "\(sum) (\(parts.joined(separator: ", ")))"
    }

    var json: JSONValue {
        func number(_ count: Int64?) -> JSONValue { count.map { .integer($0) } ?? .null }
        let fields: OrderedDictionary<String, JSONValue> = [
            "kind": .string(kind), "place": .string(place), "version": .integer(Int64(version)),
            "newest_version": .integer(Int64(newest)), "applications": number(tokens), "flows": number(flows),
            "jobs": jobs.map { jobs in
                .object(
                    OrderedDictionary(
                        uniqueKeysWithValues: JobState.allCases.map { ($0.rawValue, .integer(Int64(jobs[$0] ?? 0))) }))
            } ?? .null,
        ]
        return .object(fields.merging(more.map { ($0.name, .string($0.text)) }) { first, _ in first })
    }
}
