/// The numbers of the batches that are finished, as few ranges, each with the sum of its batches' digests.
///
/// The sum lets a later run tell that it reads the same batches, without keeping something for each.
package struct FinishedBatches: Sendable, Hashable {
    /// Batches that follow each other.
    package struct Stretch: Sendable, Hashable {
        /// The batches; not empty.
        package var numbers: Range<Int>
        /// Of their digests.
        package var sum: Fingerprint
    }

    /// Ascending, with gaps between them.
    package private(set) var stretches: [Stretch] = []

    package init() {}

    /// From kept stretches; nil when they are empty, overlap or are out of order.
    package init?(_ stretches: [Stretch]) {
        var end = -1
        for stretch in stretches {
            guard stretch.numbers.lowerBound > end, !stretch.numbers.isEmpty else { return nil }
            end = stretch.numbers.upperBound
        }
        self.stretches = stretches
    }

    /// All batches below this are finished; the mark never passes one that is not.
    package var mark: Int {
        guard let first = stretches.first, first.numbers.lowerBound == 0 else { return 0 }
        return first.numbers.upperBound
    }

    /// The number after the last finished batch's; 0 when there is none.
    package var end: Int { stretches.last?.numbers.upperBound ?? 0 }

    /// How many batches are finished.
    package var count: Int { stretches.reduce(0) { $0 + $1.numbers.count } }

    /// Whether a batch is finished.
    package func contains(_ number: Int) -> Bool { stretch(at: number) != nil }

    /// The stretch that a batch belongs to; nil when it is not finished.
    package func stretch(at number: Int) -> Stretch? {
        let next = next(after: number)
        guard next > 0, stretches[next - 1].numbers.contains(number) else { return nil }
        return stretches[next - 1]
    }

    /// Adds a batch; false when it was there already.
    @discardableResult
    package mutating func insert(_ number: Int, _ digest: Fingerprint) -> Bool {
        guard number >= 0 else { return false }
        let next = next(after: number)
        if next > 0, stretches[next - 1].numbers.contains(number) { return false }
        var added = Stretch(numbers: number..<number + 1, sum: digest)
        var replaced = next..<next
        if next > 0, stretches[next - 1].numbers.upperBound == number {
            added.numbers = stretches[next - 1].numbers.lowerBound..<added.numbers.upperBound
            added.sum = added.sum &+ stretches[next - 1].sum
            replaced = next - 1..<replaced.upperBound
        }
        if next < stretches.count, stretches[next].numbers.lowerBound == number + 1 {
            added.numbers = added.numbers.lowerBound..<stretches[next].numbers.upperBound
            added.sum = added.sum &+ stretches[next].sum
            replaced = replaced.lowerBound..<next + 1
        }
        stretches.replaceSubrange(replaced, with: [added])
        return true
    }

    /// The index of the first stretch that begins after a number.
    private func next(after number: Int) -> Int {
        var low = 0
        var high = stretches.count
        while low < high {
            let middle = (low + high) / 2
            if stretches[middle].numbers.lowerBound <= number { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
