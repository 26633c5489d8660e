extension HostModule {
    /// The modules that every script finds.
    static let all: [String: HostModule] = Dictionary(
        uniqueKeysWithValues: [
            C8Module.module, TokenModule.module, JSONModule.module, LogModule.module, TimeModule.module,
            CryptoModule.module, EnvironmentModule.module, TaskModule.module, FlowModule.module,
            CSVModule.module, ProgressModule.module, FilesModule.module, HTTPModule.module,
        ].map { ($0.name, $0) })

    /// The modules that the scripts of a host find.
    static func known(_ configuration: ScriptHost.Configuration) -> [String: HostModule] {
        guard !configuration.extraModules.isEmpty else { return all }
        return all.merging(configuration.extraModules.map { ($0.name, $0) }) { known, _ in known }
    }
}

/// The names of the modules that every script finds.
package enum HostModuleNames {
    /// Sorted.
    package static var all: [String] { HostModule.all.keys.sorted() }
}
