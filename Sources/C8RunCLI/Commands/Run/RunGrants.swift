/// What the command line, or a permissions file, opens to a script; nil where an option was not given.
struct RunGrants: Sendable, Equatable {
    var read: GrantList?
    var write: GrantList?
    var net: GrantList?
    var environment: GrantList?
    var denyRead: GrantList?
    var denyWrite: GrantList?
    var denyNet: GrantList?
    var denyEnvironment: GrantList?
    /// `--allow-token`.
    var token = false

    /// `--allow-all`: everything but what a denial names.
    mutating func allowAll() {
        for path in [\RunGrants.read, \.write, \.net, \.environment] {
            self[keyPath: path] = GrantList.union(self[keyPath: path], .all)
        }
        token = true
    }

    /// Hosts are read here, so that a mistake in one is told before the script runs.
    func checkHosts() throws(UsageError) {
        for (option, list) in [("--allow-net", net), ("--deny-net", denyNet)] {
            if let problem = list?.hostProblem { throw UsageError("\(option): \(problem)") }
        }
    }

    /// These grants and others: what either allows, without what either denies.
    func united(with other: RunGrants) -> RunGrants {
        func union(_ path: KeyPath<RunGrants, GrantList?>) -> GrantList? {
            other[keyPath: path].map { GrantList.union(self[keyPath: path], $0) } ?? self[keyPath: path]
        }
        return RunGrants(
            read: union(\.read), write: union(\.write), net: union(\.net), environment: union(\.environment),
            denyRead: union(\.denyRead), denyWrite: union(\.denyWrite), denyNet: union(\.denyNet),
            denyEnvironment: union(\.denyEnvironment), token: token || other.token)
    }
}
