/// Leaves out rows that the script's check refuses or that came before, and makes batches of the others.
package struct RowFilter: Sendable {
    /// How duplicates are found.
    package enum Duplicates: Sendable {
        case finder(DuplicateFinder)
        case set(ExactDuplicateSet)
    }

    private var builder: BatchBuilder
    /// One of the two, each changed where it is: copies would cost more than all the rest.
    private var finder: DuplicateFinder?
    private var set: ExactDuplicateSet?
    private var complete: [Batch] = []
    private var part = UploadPart()

    /// The most rows that are told one by one between two batches; others are only counted.
    private static let mostTold = 10_000

    package init(_ plan: BatchPlan, duplicates: Duplicates) {
        builder = BatchBuilder(plan)
        switch duplicates {
        case .finder(let finder): self.finder = finder
        case .set(let set): self.set = set
        }
    }

    /// Takes a row that the check lets pass.
    package mutating func add(_ value: UnsafeRawBufferPointer, line: Int) {
        var first: Int?
        if finder != nil {
            first = finder?.look(at: value, line: line)
        } else if case .duplicate(of: let line)? = set?.look(at: value, line: line) {
            first = line
        }
        if let first {
            part.skipped.duplicate += 1
            tell(value, line, "the same as line \(first)")
            return
        }
        builder.add(value, line: line, to: &complete)
    }

    /// Takes rows that the check lets pass, each in the line behind the one before; none of them is empty.
    package mutating func add(_ values: UnsafeBufferPointer<UnsafeRawBufferPointer>, firstLine: Int) {
        var index = 0
        while index < values.count {
            let singles = finder?.singles(among: values, from: index) ?? 0
            if singles > 0 {
                builder.add(
                    UnsafeBufferPointer(rebasing: values[index..<index + singles]), firstLine: firstLine + index,
                    to: &complete)
                index += singles
            }
            guard index < values.count else { return }
            add(values[index], line: firstLine + index)
            index += 1
        }
    }

    /// Takes a row that the check refuses.
    package mutating func refuse(_ value: UnsafeRawBufferPointer, line: Int, because message: String) {
        part.skipped.invalid += 1
        tell(value, line, message)
    }

    private mutating func tell(_ value: UnsafeRawBufferPointer, _ line: Int, _ message: String) {
        guard part.leftOut.count < Self.mostTold else { return }
        part.leftOut.append(
            RejectedRow(line: line, value: String(decoding: value, as: UTF8.self), message: message))
    }

    /// A batch that is complete; nil where more rows are needed.
    package mutating func take() -> UploadPart? {
        guard !complete.isEmpty else { return nil }
        defer { part = UploadPart() }
        part.batch = complete.removeFirst()
        return part
    }

    /// What is left at the end of the input; nil once nothing is.
    package mutating func finish() -> UploadPart? {
        if let part = take() { return part }
        part.batch = builder.finish()
        guard part.batch != nil || !part.leftOut.isEmpty || part.skipped != .none else { return nil }
        defer { part = UploadPart() }
        return part
    }
}
