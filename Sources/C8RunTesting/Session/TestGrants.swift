import C8Run
import LuaRuntime

/// What a script under test may touch: what its test says, and never more than the test itself may.
struct TestGrants: Sendable {
    private let own: ScriptHost.Grants

    init(_ own: ScriptHost.Grants) { self.own = own }

    /// - Throws: ``TestMisuse`` for what the tests do not have themselves.
    func narrowed(_ options: TestOptions) throws(TestMisuse) -> ScriptHost.Grants {
        try options.check(["read", "write", "net", "env", "token"])
        var grants = own
        grants.read = try files("read", own.read, options)
        grants.write = try files("write", own.write, options)
        grants.network = try hosts(options)
        grants.environment = try names(options)
        grants.token = try isWanted("token", options)
        if grants.token, !own.token { throw lacking("--allow-token") }
        return grants
    }

    private func lacking(_ option: String) -> TestMisuse {
        TestMisuse("a script under test can have what its test has: run c8run test with \(option)")
    }

    private func isWanted(_ name: String, _ options: TestOptions) throws(TestMisuse) -> Bool {
        switch options.table[name] {
        case nil, .nil?, .boolean(false)?: return false
        case .boolean(true)?: return true
        default: throw options.wrong(name, "true or false")
        }
    }

    /// True for all, a list for some.
    private func choice(_ name: String, _ options: TestOptions) throws(TestMisuse) -> (isAll: Bool, names: [String]) {
        switch options.table[name] {
        case nil, .nil?, .boolean(false)?: return (false, [])
        case .boolean(true)?: return (true, [])
        default: return (false, try options.texts(name) ?? [])
        }
    }

    private func files(
        _ name: String, _ own: ScriptHost.Grants.Files, _ options: TestOptions
    ) throws(TestMisuse) -> ScriptHost.Grants.Files {
        let (isAll, paths) = try choice(name, options)
        if isAll {
            guard case .all = own else { throw lacking("--allow-\(name)") }
            return .all
        }
        for path in paths {
            switch own {
            case .all: continue
            case .none: throw lacking("--allow-\(name)=\(path)")
            case .paths(let allowed):
                let wanted = Self.absolute(path)
                let isAllowed = allowed.map(Self.absolute).contains {
                    wanted == $0 || wanted.hasPrefix($0 + "/") || $0 == "/"
                }
                guard isAllowed else { throw lacking("--allow-\(name)=\(path)") }
            }
        }
        return paths.isEmpty ? .none : .paths(paths)
    }

    /// Textually: what a link leads to is decided when the file is opened, by the grants that are left.
    private static func absolute(_ path: String) -> String {
        path.hasPrefix("/") ? FileText.plain(path) : FileText.joined(FileText.real(".") ?? "", path)
    }

    private func hosts(_ options: TestOptions) throws(TestMisuse) -> ScriptHost.Grants.Network {
        let (isAll, names) = try choice("net", options)
        if isAll {
            guard case .everywhere = own.network else { throw lacking("--allow-net") }
            return .everywhere(and: [])
        }
        for name in names {
            switch own.network {
            // A name that is not listed may stand for an address that is not public.
            case .everywhere(let listed) where listed.contains(name): continue
            case .hosts(let allowed) where allowed.contains(name): continue
            default: throw lacking("--allow-net=\(name)")
            }
        }
        return names.isEmpty ? .none : .hosts(names)
    }

    private func names(_ options: TestOptions) throws(TestMisuse) -> ScriptHost.Grants.Environment {
        let (isAll, names) = try choice("env", options)
        if isAll {
            guard case .all = own.environment else { throw lacking("--allow-env") }
            return .all
        }
        for name in names {
            switch own.environment {
            case .all: continue
            case .names(let allowed) where allowed.contains(name): continue
            default: throw lacking("--allow-env=\(name)")
            }
        }
        return names.isEmpty ? .none : .names(Set(names))
    }
}
