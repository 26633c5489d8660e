import C8Platform
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
    /// What else there is to know, in the order in which it is shown.
    var more: [(name: String, text: String)] = []

    init(_ file: StateStore.Status) {
        kind = "SQLite"
        place = file.path
        version = file.version
        newest = file.newest
        tokens = file.tokens
        flows = file.flows
    }

    init(_ database: PostgresStatus) {
        kind = "PostgreSQL"
        place = database.place
        version = database.version
        newest = PostgresSchema.newest
        tokens = database.tokens
        flows = database.flows
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
        return TextTable.lines(rows, width: OutputStream.standardOutput.columns(ProcessEnvironment.lookup))
            .map { $0 + "\n" }.joined()
    }

    var json: JSONValue {
        func number(_ count: Int64?) -> JSONValue { count.map { .integer($0) } ?? .null }
        let fields: OrderedDictionary<String, JSONValue> = [
            "kind": .string(kind), "place": .string(place), "version": .integer(Int64(version)),
            "newest_version": .integer(Int64(newest)), "applications": number(tokens), "flows": number(flows),
        ]
        return .object(fields.merging(more.map { ($0.name, .string($0.text)) }) { first, _ in first })
    }
}
