import C8Platform

/// Decides which request is befallen by which fault. What is drawn depends on the seed and on the order of requests alone.
struct FaultPlan: Sendable {
    private struct Entry {
        let fault: Fault
        var seen = 0
        var happened = 0
    }

    private var entries: [Entry]
    private var generator: SeededGenerator

    init(_ faults: [Fault], seed: UInt64) {
        entries = faults.map { Entry(fault: $0) }
        generator = SeededGenerator(seed: seed, stream: 5)
    }

    /// The first fault that falls on a request for this operation. Every fault that could have is counted, and draws.
    mutating func next(for id: OperationID) -> Fault? {
        var chosen: Fault?
        for index in entries.indices where entries[index].fault.concerns(id) {
            let fault = entries[index].fault
            entries[index].seen += 1
            // Drawn in any case, so that one fault's limits do not change when another one happens.
            let draw = Double(generator.next() >> 11) / Double(1 << 53)
            guard entries[index].seen > fault.skip, entries[index].happened < fault.times ?? .max, draw < fault.chance,
                chosen == nil
            else { continue }
            entries[index].happened += 1
            chosen = fault
        }
        return chosen
    }
}
