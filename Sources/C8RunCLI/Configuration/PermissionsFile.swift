/// A permissions file of the operator: the grants of the command line, kept in TOML.
///
///     [allow]
///     read = ["inbox", "/srv/lists"]     # true for everything
///     net = ["erp.example.com:443"]
///     token = false
///     [deny]
///     read = ["inbox/private"]
///
/// Relative paths are relative to the file's folder, as everywhere in c8run's files.
enum PermissionsFile {
    private static let listKeys = ["read", "write", "net", "env"]

    /// Reads and checks the whole file.
    ///
    /// - Parameters:
    ///   - path: absolute.
    ///   - readFile: reads a file of configuration size.
    static func read(
        _ path: String, home: String?, readFile: (String) throws(SmallFileError) -> SmallFile
    ) throws(ConfigurationError) -> RunGrants {
        let file: SmallFile
        do {
            file = try readFile(path)
        } catch let failure {
            throw ConfigurationError(
                "cannot read the permissions file \(path): \(failure)", origin: .flag("--permissions"))
        }
        let document = try TOMLDocument.parse(file.bytes, file: path)
        let reader = ProfileReader(file: path, lines: document.lines, home: home)
        try reader.checkKeys(of: document.root, at: [], known: ["allow", "deny"])

        var grants = RunGrants()
        if let value = document.root["allow"] {
            let table = try reader.table(value, at: ["allow"])
            try reader.checkKeys(of: table, at: ["allow"], known: listKeys + ["token"])
            grants.read = try list("read", of: table, at: "allow", reader, arePaths: true)
            grants.write = try list("write", of: table, at: "allow", reader, arePaths: true)
            grants.net = try list("net", of: table, at: "allow", reader)
            grants.environment = try list("env", of: table, at: "allow", reader)
            if let token = table["token"] {
                guard case .boolean(let isGranted) = token else {
                    throw reader.error("must be true or false; got \(token.kindName)", at: ["allow", "token"])
                }
                grants.token = isGranted
            }
        }
        if let value = document.root["deny"] {
            let table = try reader.table(value, at: ["deny"])
            try reader.checkKeys(of: table, at: ["deny"], known: listKeys)
            grants.denyRead = try list("read", of: table, at: "deny", reader, arePaths: true)
            grants.denyWrite = try list("write", of: table, at: "deny", reader, arePaths: true)
            grants.denyNet = try list("net", of: table, at: "deny", reader)
            grants.denyEnvironment = try list("env", of: table, at: "deny", reader)
        }
        return grants
    }

    private static func list(
        _ name: String, of table: [String: ConfigurationValue], at section: String, _ reader: ProfileReader,
        arePaths: Bool = false
    ) throws(ConfigurationError) -> GrantList? {
        guard let value = table[name] else { return nil }
        let key = [section, name]
        if case .boolean(let everything) = value { return everything ? .all : nil }
        let names = try reader.stringOrStrings(value, at: key)
        if name == "net", let problem = GrantList.names(names).hostProblem { throw reader.error(problem, at: key) }
        return .names(arePaths ? names.map(reader.absolute) : names)
    }
}
