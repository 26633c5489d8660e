import C8Postgres

extension PostgresSettings {
    /// The database of a `state` setting, with its password wherever that is to be found.
    init(_ url: String, password: Setting<SecretReference>?, secrets: SecretReader) {
        self.init(url, password: secrets.provider(password))
    }
}
