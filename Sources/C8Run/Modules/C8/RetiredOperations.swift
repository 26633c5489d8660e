package import C8Platform
import Logging
import Synchronization

/// Says once for each operation of a run that the platform's documentation has retired it.
package final class RetiredOperations: Sendable {
    private let told = Mutex<Set<OperationID>>([])
    private let logger: Logger

    init(logger: Logger) {
        self.logger = logger
    }

    func note(_ entry: CatalogueEntry) {
        guard entry.status != .active, told.withLock({ $0.insert(entry.id).inserted }) else { return }
        logger.warning("\(Self.text(entry))")
    }

    /// What there is to say of a retired operation.
    package static func text(_ entry: CatalogueEntry) -> String {
        let state =
            entry.status == .void
            ? "void (作废): the platform has withdrawn it" : "deprecated (废弃)"
        let instead = entry.replacements.map(\.rawValue).joined(separator: " or ")
        return "\(entry.id) is \(state); "
            + (instead.isEmpty ? "no page's title names a replacement" : "use \(instead) instead")
    }
}
