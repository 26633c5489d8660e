/// The second part of finding duplicates: looks exactly at the rows whose hash came twice.
///
/// The rows are those that the ``DuplicateSieve`` was shown. The first of equal rows passes, each later one is told
/// with the line of the first. Rows are equal when 128 bits of a keyed hash are.
package struct DuplicateFinder: Sendable {
    /// The duplicates found so far.
    package private(set) var duplicates = 0

    private let hash: KeyedHash
    private let candidates: HashSet64
    private let sketch: HashSketch
    private var firsts = LineTable()

    init(_ hash: KeyedHash, _ candidates: HashSet64) {
        self.hash = hash
        self.candidates = candidates
        sketch = HashSketch(candidates)
    }

    /// The memory in use, in bytes.
    package var bytes: Int { candidates.bytes + sketch.bytes + firsts.bytes }

    /// How many rows from one place on are certainly the only ones of their kind. They need not be looked at.
    func singles(among keys: UnsafeBufferPointer<UnsafeRawBufferPointer>, from start: Int) -> Int {
        sketch.others(among: keys, from: start, by: hash)
    }

    /// Takes the next row's value, and tells the line where it came first; nil when this is the first.
    ///
    /// - Parameter line: from 1.
    package mutating func look(at key: UnsafeRawBufferPointer, line: Int) -> Int? {
        guard candidates.contains(hash.hash(key)) else { return nil }
        let first = firsts.line(of: hash.fingerprint(key), orInsert: line)
        if first != nil { duplicates += 1 }
        return first
    }
}
