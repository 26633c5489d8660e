/// One row of a table of the queue, whichever database it comes from. Nil for NULL, for a column that is not there, and for
/// one of another type.
protocol JobRow {
    func text(_ column: String) -> String?
    func integer(_ column: String) -> Int64?
    func number(_ column: String) -> Double?
    func flag(_ column: String) -> Bool?
    func bytes(_ column: String) -> [UInt8]?
}
