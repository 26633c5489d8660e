import LuaSyntax

extension CallRules {
    /// What a function of a module needs to be granted.
    func noteGrants(_ function: String, _ arguments: [LuaExpression], at range: LuaRange) {
        let first = arguments.first
        switch function {
        case "c8.fs.read", "c8.fs.lines", "c8.fs.list", "c8.fs.stat", "c8.fs.exists", "c8.file":
            note(.read, first, at: range)
        case "c8.fs.glob": note(.read, first, at: range, isPattern: true)
        case "c8.csv.rows":
            // An iterator of the script's own is no file.
            if let first, Literal(first) != nil || text(of: first) != nil || isUnknownText(first) {
                note(.read, first, at: range)
            }
        case "c8.fs.write", "c8.fs.append", "c8.fs.mkdir", "c8.fs.remove", "c8.csv.write":
            note(.write, first, at: range)
        case "c8.fs.rename":
            note(.write, first, at: range)
            if arguments.count > 1 { note(.write, arguments[1], at: range) }
        case "c8.http.get", "c8.http.head", "c8.http.post", "c8.http.put", "c8.http.patch", "c8.http.delete":
            note(.net, first, at: range)
        case "c8.http.request":
            guard let first, case .table(let fields) = Literal(first) else { return note(.net, first, at: range) }
            note(.net, fields.first { $0.staticName == "url" }?.value, at: range)
        case "c8.env.get": note(.environment, first, at: range)
        case "c8.token.reveal": add(.token, nil, at: range)
        default: return
        }
    }

    private func isUnknownText(_ expression: LuaExpression) -> Bool {
        switch expression.kind {
        case .binary, .vararg, .name: true
        case .suffixed(_, let suffixes): suffixes.last?.isCall == false
        default: false
        }
    }

    /// Notes that a grant is needed for what an argument says.
    func note(_ kind: GrantKind, _ argument: LuaExpression?, at range: LuaRange, isPattern: Bool = false) {
        guard let argument, let known = text(of: argument), !known.text.isEmpty, known.isWhole || !known.isDefault
        else { return add(kind, nil, at: range) }
        switch kind {
        case .net: add(kind, Self.host(known.text, isWhole: known.isWhole), at: range)
        case .read, .write:
            let cut = isPattern ? known.text.firstIndex { "*?[{".contains($0) } : nil
            if cut != nil || !known.isWhole {
                // The folder that is certain.
                let certain = known.text[..<(cut ?? known.text.endIndex)]
                let folder = certain.lastIndex(of: "/").map { String(certain[..<$0]) }
                add(kind, cut != nil ? folder ?? "." : folder.flatMap { $0.isEmpty ? nil : $0 }, at: range)
            } else {
                add(kind, known.text, at: range, isDefault: known.isDefault)
            }
        case .environment: add(kind, known.isWhole ? known.text : nil, at: range)
        case .token: add(kind, nil, at: range)
        }
    }

    private func add(_ kind: GrantKind, _ name: String?, at range: LuaRange, isDefault: Bool = false) {
        guard grants.add(kind, name) else { return }
        let words = name.map { kind.known($0) } ?? kind.unknown
        list.add(
            .grant, "the script \(words)\(isDefault ? ", unless it is told otherwise" : "")", at: range,
            hint: kind == .token ? kind.flag : "\(kind.flag)=\(GrantNeeds.quoted(name ?? "…"))", subject: name)
    }

    /// The host of a URL, with its port where that is said; nil where the text ends before it is known.
    private static func host(_ url: String, isWhole: Bool) -> String? {
        var rest = url[...]
        for scheme in ["https://", "http://"] where rest.lowercased().hasPrefix(scheme) {
            rest = rest.dropFirst(scheme.count)
        }
        guard rest.startIndex != url.startIndex else { return nil }
        let end = rest.firstIndex { "/?#".contains($0) }
        guard isWhole || end != nil else { return nil }
        let authority = rest[..<(end ?? rest.endIndex)]
        let host = authority.split(separator: "@", omittingEmptySubsequences: false).last ?? authority
        return host.isEmpty ? nil : host.lowercased()
    }
}
