import C8Sandbox

/// What a script says that it needs, in the comment at its head: the grants, as they stand on a command line.
///
///     -- needs: --allow-read=inbox --allow-net=erp.example.com:443
///
/// It tells the operator what to grant, and grants nothing.
struct ScriptNeeds: Sendable, Equatable {
    let grants: RunGrants

    /// Reads the lines of comment before the first line of code; nil where none of them begins with `needs:`.
    ///
    /// - Throws: `UsageError` where something else than a grant stands there.
    static func read(_ source: [UInt8]) throws(UsageError) -> ScriptNeeds? {
        var grants: RunGrants?
        for line in source.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
            let text = String(decoding: line, as: UTF8.self).trimmingPrefix { $0.isWhitespace }
            if text.isEmpty || text.hasPrefix("#!") { continue }
            guard text.hasPrefix("--") else { break }
            let comment = text.drop { $0 == "-" || $0.isWhitespace }
            guard comment.hasPrefix("needs:") else { continue }
            var known = grants ?? RunGrants()
            for word in comment.dropFirst("needs:".count).split(whereSeparator: \.isWhitespace) {
                try add(String(word), to: &known)
            }
            grants = known
        }
        try grants?.checkHosts()
        return grants.map(ScriptNeeds.init)
    }

    private static func add(_ word: String, to grants: inout RunGrants) throws(UsageError) {
        let parts = word.split(separator: "=", maxSplits: 1).map(String.init)
        if word == "--allow-token" {
            grants.token = true
            return
        }
        guard parts[0].hasPrefix("--allow-"), let option = RunOption.all.first(where: { $0.name == parts[0] }),
            case .grant(let set) = option.effect
        else { throw UsageError(.noNeed, ["word": word]) }
        guard parts.count == 2 else { return set(&grants, .all) }
        guard let list = GrantList(parts[1]) else { throw UsageError("\(word) has an empty name between its commas") }
        set(&grants, list)
    }

    /// The options that would grant it all.
    var options: [String] { missing(in: RunGrants(), absolute: { $0 }) }

    /// The options that are still to be given.
    ///
    /// - Parameter absolute: makes a path absolute; those of `granted` are.
    func missing(in granted: RunGrants, absolute: (String) -> String) -> [String] {
        var options: [String] = []
        func add(_ option: String, _ needed: GrantList?, _ given: GrantList?, _ covers: (GrantList, String) -> Bool) {
            guard let needed else { return }
            if needed.isAll, given?.isAll != true { options.append(option) }
            let names = needed.names.filter { name in given.map { !covers($0, name) } ?? true }
            if !names.isEmpty { options.append("\(option)=\(names.joined(separator: ","))") }
        }
        let path = { (list: GrantList, name: String) in
            let wanted = absolute(name)
            return list.isAll || list.names.map(absolute).contains { $0 == wanted || wanted.hasPrefix($0 + "/") }
        }
        add("--allow-read", grants.read, granted.read, path)
        add("--allow-write", grants.write, granted.write, path)
        add("--allow-net", grants.net, granted.net, Self.coversHost)
        add("--allow-env", grants.environment, granted.environment) { $0.isAll || $0.names.contains($1) }
        if grants.token, !granted.token { options.append("--allow-token") }
        return options
    }

    private static func coversHost(_ list: GrantList, _ name: String) -> Bool {
        guard !list.names.contains(name), let wanted = try? HostPattern(parsing: name),
            case .host(let host) = wanted.place
        else { return list.names.contains(name) }
        if list.isAll, !host.isThisMachine { return true }
        return list.names.contains { text in
            guard let given = try? HostPattern(parsing: text) else { return false }
            // A grant for one port does not cover a need for every port.
            guard given.port == nil || given.port == wanted.port else { return false }
            return given.names(host, port: wanted.port ?? 1)
        }
    }
}
