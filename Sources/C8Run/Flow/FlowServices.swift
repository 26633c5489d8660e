package import C8Flow
import C8Postgres
import C8Store
import Glibc

/// Where a host keeps the journal of flows. Opened when a script first runs one.
package final class FlowServices: Sendable {
    /// JSON text that the run was given as its flows' input.
    let input: String?
    let owner: FlowOwner
    private let opened: OnceTask<any FlowJournal>

    /// - Parameter input: JSON text.
    package init(input: String? = nil, open: @escaping @Sendable () async throws -> any FlowJournal) {
        self.input = input
        owner = .current
        opened = OnceTask(open)
    }

    private init(input: String?, owner: FlowOwner, opened: OnceTask<any FlowJournal>) {
        (self.input, self.owner, self.opened) = (input, owner, opened)
    }

    /// The same journal for a script with another input, JSON text.
    package func with(input: String?) -> FlowServices {
        FlowServices(input: input, owner: owner, opened: opened)
    }

    /// - Throws: ``FlowError`` where it cannot be opened.
    package func journal() async throws -> any FlowJournal {
        do {
            return try await opened.value()
        } catch is CancellationError {
            throw CancellationError()
        } catch let error as PostgresError {
            throw FlowError(FlowJournalError(error))
        } catch {
            throw FlowError(kind: .config, message: "\(error)")
        }
    }
}

extension FlowOwner {
    /// This process.
    package static var current: FlowOwner {
        var name = [CChar](repeating: 0, count: 256)
        let isKnown = gethostname(&name, name.count - 1) == 0
        let bytes = name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
        return FlowOwner(host: isKnown ? String(decoding: bytes, as: UTF8.self) : "localhost", process: getpid())
    }
}
