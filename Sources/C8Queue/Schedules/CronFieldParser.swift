/// Reads one field: `*`, `5`, `1-5`, `MON,WED`, `*/15`, `10-40/10`, `5/20`, and `?` for a day that does not matter.
struct CronFieldParser {
    let field: CronField

    /// - Returns: a bit for each value, Sunday being 0.
    func bits(_ text: Substring) throws(CronError) -> UInt64 {
        var bits: UInt64 = 0
        for item in text.split(separator: ",", omittingEmptySubsequences: false) { bits |= try self.item(item) }
        return bits
    }

    private func item(_ item: Substring) throws(CronError) -> UInt64 {
        let parts = item.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let base = parts.first, !base.isEmpty else {
            throw error("a value is missing; \(field.allowed) are allowed")
        }
        let step = parts.count > 1 ? try self.step(parts[1]) : nil
        var (low, high) = (field.range.lowerBound, field == .weekday ? 6 : field.range.upperBound)
        if base == "?" {
            guard field == .day || field == .weekday else {
                throw error("\"?\" is for the day and the weekday; write \"*\"")
            }
        } else if base != "*" {
            let bounds = base.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
            low = try value(bounds[0])
            if bounds.count > 1 {
                high = try value(bounds[1])
                // From Friday to Sunday, which is then the seventh day.
                if field == .weekday, high == 0, low > 0 { high = 7 }
                guard low <= high else { throw error("the range \"\(base)\" goes backwards; write it as two ranges") }
            } else if step == nil {
                high = low
            }
        }
        var bits: UInt64 = 0
        for value in stride(from: low, through: max(low, high), by: step ?? 1) {
            bits |= 1 << UInt64(field == .weekday ? value % 7 : value)
        }
        return bits
    }

    private func step(_ text: Substring) throws(CronError) -> Int {
        let most = field.range.upperBound - field.range.lowerBound
        guard let step = number(text), (1...most).contains(step) else {
            throw error("\"\(text)\" is no step; 1 to \(most) are allowed")
        }
        return step
    }

    private func value(_ text: Substring) throws(CronError) -> Int {
        if let index = field.names.firstIndex(of: text.uppercased()) { return index + field.range.lowerBound }
        guard let value = number(text), field.range.contains(value) else {
            throw error("\"\(text)\" is not among what is allowed: \(field.allowed)")
        }
        return value
    }

    /// Without the signs that Swift would take.
    private func number(_ text: Substring) -> Int? {
        text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } ? Int(text) : nil
    }

    private func error(_ problem: String) -> CronError { CronError(field: field, problem: problem) }
}
