/// A row that is lent for the time of one call. Not copyable, so that nobody keeps it by mistake.
package struct CSVRow: ~Copyable {
    /// The line of the row's first byte, from 1.
    package let line: Int
    /// How many fields the row has, wanted or not.
    package let count: Int

    private let row: UnsafeRawPointer
    private let scratch: UnsafeRawPointer?
    private let spans: UnsafeBufferPointer<FieldSpan>
    private let places: UnsafePointer<Int>?
    private let wanted: Int

    /// - Parameters:
    ///   - places: where in `spans` the wanted fields stand; nil where they stand in their order.
    ///   - wanted: how many fields are wanted of each row; the row itself may have fewer.
    init(
        line: Int, count: Int, row: UnsafeRawPointer, scratch: UnsafeRawPointer?,
        spans: UnsafeBufferPointer<FieldSpan>, places: UnsafePointer<Int>?, wanted: Int
    ) {
        self.line = line
        self.count = count
        self.row = row
        self.scratch = scratch
        self.spans = spans
        self.places = places
        self.wanted = wanted
    }

    /// How many fields `field` can give: those of the projection, or all of the row.
    package var width: Int { places == nil ? spans.count : wanted }

    /// The content of a field without its quotes, in UTF-8, valid during the call that lends the row. Nil where the row
    /// ends before this field, and for an index that is not below `width`.
    ///
    /// - Parameter index: from 0; with a projection, the place in the projection.
    package func field(_ index: Int) -> UnsafeRawBufferPointer? {
        guard index >= 0, index < width else { return nil }
        let place = places.map { $0[index] } ?? index
        guard place < spans.count else { return nil }
        let span = spans[place]
        let base = span.isInScratch ? scratch : row
        return UnsafeRawBufferPointer(start: base.map { $0 + Int(span.start) }, count: Int(span.count))
    }

    /// A copy of a field's content; nil where `field` gives nil.
    package func text(_ index: Int) -> String? {
        field(index).map { String(decoding: $0, as: UTF8.self) }
    }
}
