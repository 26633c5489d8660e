import C8Platform
import C8Sandbox

/// Turns the tables of a configuration file into layers; its errors name file, line and key.
struct ProfileReader {
    /// Absolute path of the file.
    let file: String
    let lines: TOMLKeyLines
    let home: String?

    /// Every key that a profile may hold.
    static let profileKeys =
        [
            "base_url", "access_key", "bindings", "state", "token_interval", "token_without_state", "max_attempts",
            "max_concurrency",
            "max_rate",
            "retry_codes", "secrets",
        ]
        + secretKeys.map(\.name) + statePasswordKeys.map(\.name)

    /// The keys that give the password of the database that keeps the state, of which a profile holds one.
    private static let statePasswordKeys: [SecretKey] = [
        SecretKey(name: "state_password_env", kind: .secretKey, form: .environment),
        SecretKey(name: "state_password_file", kind: .secretKey, form: .file),
        SecretKey(name: "state_password_command", kind: .secretKey, form: .command),
    ]

    /// The keys that give the secret of another system, of which its table holds one.
    private static let hostSecretKeys: [SecretKey] = [
        SecretKey(name: "env", kind: .secretKey, form: .environment),
        SecretKey(name: "file", kind: .secretKey, form: .file),
        SecretKey(name: "command", kind: .secretKey, form: .command),
    ]

    /// The keys that give the secret, of which a profile holds one.
    private static let secretKeys: [SecretKey] = [
        SecretKey(name: "secret_key", kind: .secretKey, form: .literal),
        SecretKey(name: "secret_key_env", kind: .secretKey, form: .environment),
        SecretKey(name: "secret_key_file", kind: .secretKey, form: .file),
        SecretKey(name: "secret_key_command", kind: .secretKey, form: .command),
        SecretKey(name: "secret_key_sign", kind: .secretKeySign, form: .literal),
        SecretKey(name: "secret_key_sign_env", kind: .secretKeySign, form: .environment),
        SecretKey(name: "secret_key_sign_file", kind: .secretKeySign, form: .file),
        SecretKey(name: "secret_key_sign_command", kind: .secretKeySign, form: .command),
    ]

    private struct SecretKey {
        enum Form { case literal, environment, file, command }
        var name: String
        var kind: SecretReference.Kind
        var form: Form
    }

    /// Reads one `[profiles.NAME]` table.
    func profile(_ value: ConfigurationValue, named name: String) throws(ConfigurationError) -> ConfigurationLayer {
        let path = ["profiles", name]
        let table = try table(value, at: path)
        try checkKeys(of: table, at: path, known: ProfileReader.profileKeys)

        var layer = ConfigurationLayer()
        layer.baseURL = try text("base_url", in: table, at: path)
        layer.accessKey = try text("access_key", in: table, at: path)
        layer.secret = try secret(of: ProfileReader.secretKeys, in: table, at: path)
        layer.statePassword = try secret(of: ProfileReader.statePasswordKeys, in: table, at: path)
        layer.secrets = try hostSecrets(in: table, at: path)
        layer.bindings = try bindings(in: table, at: path)
        if let state = try text("state", in: table, at: path) {
            let isURL = state.value.contains("://")
            layer.state = Setting(isURL ? state.value : absolute(state.value), from: state.origin)
        }
        if let interval = table["token_interval"] {
            let key = path + ["token_interval"]
            layer.tokenInterval = Setting(try seconds(interval, at: key), from: origin(of: key))
        }
        if let flag = table["token_without_state"] {
            layer.tokenWithoutState = try boolean(flag, at: path + ["token_without_state"])
        }
        if let attempts = table["max_attempts"] {
            layer.maximumAttempts = Int(try integer(attempts, in: 1...20, at: path + ["max_attempts"]))
        }
        if let most = table["max_concurrency"] {
            layer.maximumConcurrency = Int(try integer(most, in: 1...10_000, at: path + ["max_concurrency"]))
        }
        if let rate = table["max_rate"] { layer.maximumRate = try self.rate(rate, at: path + ["max_rate"]) }
        if let codes = table["retry_codes"] { layer.retryCodes = try integers(codes, at: path + ["retry_codes"]) }
        return layer
    }

    // MARK: Single settings

    private func integer(
        _ value: ConfigurationValue, in range: ClosedRange<Int64>, at key: [String]
    ) throws(ConfigurationError) -> Int64 {
        guard case .integer(let number) = value, range.contains(number) else {
            throw error("must be a whole number from \(range.lowerBound) to \(range.upperBound)", at: key)
        }
        return number
    }

    private func boolean(_ value: ConfigurationValue, at key: [String]) throws(ConfigurationError) -> Bool {
        guard case .boolean(let flag) = value else {
            throw error("must be true or false; got \(value.kindName)", at: key)
        }
        return flag
    }

    private func rate(_ value: ConfigurationValue, at key: [String]) throws(ConfigurationError) -> Double {
        let number: Double? =
            switch value {
            case .integer(let integer): Double(integer)
            case .number(let number): number
            default: nil
            }
        guard let number, number >= 0.001, number <= 1_000_000 else {
            throw error("must be a number of requests a second, from 0.001 to 1000000", at: key)
        }
        return number
    }

    private func integers(_ value: ConfigurationValue, at key: [String]) throws(ConfigurationError) -> Set<Int64> {
        var numbers: Set<Int64> = []
        guard case .array(let values) = value else { throw error("must be an array of codes such as [500]", at: key) }
        for value in values {
            guard case .integer(let number) = value else {
                throw error("must hold whole numbers, the platform's codes; got \(value.kindName)", at: key)
            }
            numbers.insert(number)
        }
        return numbers
    }

    private func text(
        _ name: String, in table: [String: ConfigurationValue], at path: [String]
    ) throws(ConfigurationError) -> Setting<String>? {
        guard let value = table[name] else { return nil }
        let key = path + [name]
        let text = try string(value, at: key)
        guard !text.isEmpty else { throw error("must not be empty", at: key) }
        return Setting(text, from: origin(of: key))
    }

    private func bindings(
        in table: [String: ConfigurationValue], at path: [String]
    ) throws(ConfigurationError) -> Setting<[String]>? {
        guard let value = table["bindings"] else { return nil }
        let key = path + ["bindings"]
        let names = try stringOrStrings(value, at: key)
        return Setting(names.map(absolute), from: origin(of: key))
    }

    /// The tables `[profiles.NAME.secrets.SECRET]`.
    private func hostSecrets(
        in table: [String: ConfigurationValue], at path: [String]
    ) throws(ConfigurationError) -> [String: HostSecretReference] {
        guard let value = table["secrets"] else { return [:] }
        let path = path + ["secrets"]
        let tables = try self.table(value, at: path)
        var secrets: [String: HostSecretReference] = [:]
        for name in tables.keys.sorted() {
            guard let value = tables[name] else { continue }
            let key = path + [name]
            let table = try self.table(value, at: key)
            let names = ProfileReader.hostSecretKeys.map(\.name)
            try checkKeys(of: table, at: key, known: names + ["host"])
            guard let secret = try secret(of: ProfileReader.hostSecretKeys, in: table, at: key) else {
                throw error("says not where the secret is: add one of \(names.joined(separator: ", "))", at: key)
            }
            guard let host = try text("host", in: table, at: key)?.value else {
                throw error("says not who gets the secret: add host = \"erp.example.com\"", at: key)
            }
            secrets[name] = HostSecretReference(host: try checkedHost(host, at: key + ["host"]), secret: secret)
        }
        return secrets
    }

    private func checkedHost(_ host: String, at key: [String]) throws(ConfigurationError) -> String {
        do throws(WebAddressError) {
            guard case .host = try HostPattern(parsing: host).place else {
                throw WebAddressError("one host is wanted, not several")
            }
            return host
        } catch let problem {
            throw error("is no host: \(problem)", at: key)
        }
    }

    private func secret(
        of keys: [SecretKey], in table: [String: ConfigurationValue], at path: [String]
    ) throws(ConfigurationError) -> Setting<SecretReference>? {
        let present = keys.filter { table[$0.name] != nil }
        guard let first = present.first, let value = table[first.name] else { return nil }
        if present.count > 1 {
            let second = present[1].name
            throw error("stands beside \(first.name): keep one of them", at: path + [second])
        }
        let key = path + [first.name]
        let source: SecretReference.Source
        switch first.form {
        case .literal: source = .literal(LiteralSecret(try filledString(value, at: key)))
        case .environment: source = .environment(try filledString(value, at: key))
        case .file: source = .file(absolute(try filledString(value, at: key)))
        case .command: source = .command(try command(value, at: key))
        }
        return Setting(SecretReference(kind: first.kind, source: source), from: origin(of: key))
    }

    private func command(_ value: ConfigurationValue, at key: [String]) throws(ConfigurationError) -> [String] {
        guard case .array = value else {
            throw error(
                "must be an array of the program and its arguments, such as [\"pass\", \"show\", \"c8\"]; got "
                    + value.kindName, at: key)
        }
        return try stringOrStrings(value, at: key)
    }

    private func seconds(_ value: ConfigurationValue, at key: [String]) throws(ConfigurationError) -> Double {
        let seconds: Double
        switch value {
        case .integer(let whole): seconds = Double(whole)
        case .number(let number): seconds = number
        default: throw error("must be a number of seconds; got \(value.kindName)", at: key)
        }
        guard TokenInterval.isValid(seconds) else { throw error(TokenInterval.rule, at: key) }
        return seconds
    }

    // MARK: Types

    func table(_ value: ConfigurationValue, at key: [String]) throws(ConfigurationError) -> [String: ConfigurationValue]
    {
        guard case .table(let table) = value else { throw error("must be a table; got \(value.kindName)", at: key) }
        return table
    }

    func string(_ value: ConfigurationValue, at key: [String]) throws(ConfigurationError) -> String {
        guard case .string(let text) = value else { throw error("must be a string; got \(value.kindName)", at: key) }
        return text
    }

    private func filledString(_ value: ConfigurationValue, at key: [String]) throws(ConfigurationError) -> String {
        let text = try string(value, at: key)
        guard !text.isEmpty else { throw error("must not be empty", at: key) }
        return text
    }

    func stringOrStrings(_ value: ConfigurationValue, at key: [String]) throws(ConfigurationError) -> [String] {
        guard case .array(let values) = value else { return [try filledString(value, at: key)] }
        guard !values.isEmpty else { throw error("must not be empty", at: key) }
        var texts: [String] = []
        for value in values { texts.append(try filledString(value, at: key)) }
        return texts
    }

    /// Refuses keys that mean nothing, with the name that was probably meant.
    func checkKeys(
        of table: [String: ConfigurationValue], at path: [String], known: [String]
    ) throws(ConfigurationError) {
        for key in table.keys.sorted() where !known.contains(key) {
            throw error(
                "is not a key that c8run knows" + NearestNames.hint(key, among: known, limit: 1), at: path + [key])
        }
    }

    // MARK: Places

    func origin(of key: [String]) -> SettingOrigin { .file(path: file, line: lines.line(of: key)) }

    func error(_ message: String, at key: [String]) -> ConfigurationError {
        ConfigurationError(message, key: key.joined(separator: "."), origin: origin(of: key))
    }

    func absolute(_ path: String) -> String {
        FilePath.absolute(path, relativeTo: FilePath.folder(of: file), home: home)
    }
}
