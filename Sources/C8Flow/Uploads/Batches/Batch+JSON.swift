import C8Platform

extension Batch {
    /// The values of some rows as the elements of a JSON array, without its brackets. Not copied where JSON takes them as they
    /// are.
    package func jsonElements(of slice: UploadSlice) -> ArraySlice<UInt8> { plainText(of: slice) ?? quoted(slice)[...] }

    /// For values that JSON does not take as they are.
    private func quoted(_ slice: UploadSlice) -> [UInt8] {
        var text: [UInt8] = []
        for row in slice.rows {
            if row > slice.rows.lowerBound { text.append(UInt8(ascii: ",")) }
            text += JSONSerializer.quoted(value(at: row)).utf8
        }
        return text
    }
}
