import C8Flow
import C8Store

/// The journal of flows that a configuration leads to.
enum FlowJournals {
    /// - Throws: `ConfigurationError` where no place for it is known, `StateStoreError` where it cannot be opened.
    static func open(_ layers: ConfigurationLayers, warn: @escaping @Sendable (String) -> Void) async throws -> any FlowJournal {
        switch try layers.state() {
        case .folder(let path): return SQLiteFlowJournal(try await StateStore.open(folder: path, notice: warn))
        }
    }
}
