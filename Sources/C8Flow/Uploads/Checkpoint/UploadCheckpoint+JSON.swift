package import C8Platform

// The form in which a checkpoint is kept.

extension UploadCheckpoint {
    private static let version: Int64 = 1

    /// The checkpoint as JSON: a few hundred bytes, and some for each batch that is open.
    package var json: JSONValue {
        [
            "version": .integer(Self.version), "sent_at": sentAt.map { .number($0) } ?? .null,
            "input": [
                "name": .string(input.name), "size": Self.value(input.size), "modified": Self.value(input.modified),
            ],
            "plan": [
                "rows": Self.value(plan.rows), "bytes": Self.value(plan.bytes), "selection": .string(plan.selection),
            ],
            "finished": .array(
                finished.stretches.map {
                    [
                        Self.value($0.numbers.lowerBound), Self.value($0.numbers.upperBound),
                        .string($0.sum.description),
                    ]
                }),
            "open": .array(
                open.values.sorted { $0.identity.number < $1.identity.number }.map { batch in
                    [
                        "number": Self.value(batch.identity.number),
                        "lines": Self.value(batch.identity.firstLine, batch.identity.lastLine),
                        "rows": Self.value(batch.identity.rows), "content": .string(batch.identity.content.description),
                        "settled": .array(
                            batch.settled.ranges.map { Self.value($0.lowerBound, $0.upperBound) }),
                        "in_doubt": .array(batch.inDoubt.map { Self.value($0.lowerBound, $0.upperBound) }),
                    ]
                }),
            "summary": [
                "sent": Self.value(summary.sent), "accepted": Self.value(summary.accepted),
                "rejected": Self.value(summary.rejected), "duplicate": Self.value(summary.duplicate),
                "batches": Self.value(summary.batches), "retries": Self.value(summary.retries),
                "seconds": .number(summary.seconds),
            ],
        ]
    }

    /// From what was kept.
    ///
    /// - Throws: ``UploadError/damaged(_:)``.
    package init(_ json: JSONValue) throws(UploadError) {
        let version = try Self.integer(json, "version")
        guard version == Int(Self.version) else {
            throw .damaged("it was written by another version of this program, in form \(version)")
        }
        let inputJSON = try Self.member(json, "input")
        let planJSON = try Self.member(json, "plan")
        self.init(
            input: InputIdentity(
                name: try Self.text(inputJSON, "name"), size: inputJSON["size"]?.integerValue,
                modified: inputJSON["modified"]?.integerValue),
            plan: BatchPlan(
                rows: try Self.integer(planJSON, "rows"), bytes: try Self.integer(planJSON, "bytes"),
                selection: try Self.text(planJSON, "selection")))
        sentAt = json["sent_at"]?.numberValue
        finished = try Self.finished(try Self.array(json, "finished"))
        for element in try Self.array(json, "open") {
            let batch = try Self.openBatch(element)
            guard !finished.contains(batch.identity.number) else { throw .damaged("a batch is both open and finished") }
            open[batch.identity.number] = batch
        }
        let summaryJSON = try Self.member(json, "summary")
        summary.sent = try Self.integer(summaryJSON, "sent")
        summary.accepted = try Self.integer(summaryJSON, "accepted")
        summary.rejected = try Self.integer(summaryJSON, "rejected")
        summary.duplicate = try Self.integer(summaryJSON, "duplicate")
        summary.batches = try Self.integer(summaryJSON, "batches")
        summary.retries = try Self.integer(summaryJSON, "retries")
        summary.seconds = summaryJSON["seconds"]?.numberValue ?? 0
    }

    private static func finished(_ elements: [JSONValue]) throws(UploadError) -> FinishedBatches {
        var stretches: [FinishedBatches.Stretch] = []
        for element in elements {
            guard let sum = element[2]?.stringValue.flatMap({ Fingerprint($0) }) else {
                throw .damaged("a stretch of finished batches has no sum")
            }
            stretches.append(.init(numbers: try range(element), sum: sum))
        }
        guard let finished = FinishedBatches(stretches) else { throw .damaged("the finished batches overlap") }
        return finished
    }

    private static func openBatch(_ json: JSONValue) throws(UploadError) -> OpenBatch {
        guard let content = Fingerprint(try text(json, "content")) else {
            throw .damaged("an open batch's content is no hash")
        }
        let lines = try range(try member(json, "lines"))
        let rows = try integer(json, "rows")
        var batch = OpenBatch(
            BatchIdentity(
                number: try integer(json, "number"), firstLine: lines.lowerBound, lastLine: lines.upperBound,
                rows: rows,
                content: content))
        for element in try array(json, "settled") { batch.settled.insert(try range(element)) }
        for element in try array(json, "in_doubt") { batch.inDoubt.append(try range(element)) }
        guard let all = RowRanges((batch.settled.ranges + batch.inDoubt).sorted { $0.lowerBound < $1.lowerBound }),
            (all.ranges.last?.upperBound ?? 0) <= rows, !batch.isFinished
        else { throw .damaged("an open batch's rows overlap") }
        return batch
    }

    private static func member(_ json: JSONValue, _ key: String) throws(UploadError) -> JSONValue {
        guard let value = json[key] else { throw .damaged("\(key) is missing") }
        return value
    }

    private static func array(_ json: JSONValue, _ key: String) throws(UploadError) -> [JSONValue] {
        guard let value = json[key]?.arrayValue else { throw .damaged("\(key) is no array") }
        return value
    }

    private static func text(_ json: JSONValue, _ key: String) throws(UploadError) -> String {
        guard let value = json[key]?.stringValue else { throw .damaged("\(key) is no text") }
        return value
    }

    private static func integer(_ json: JSONValue, _ key: String) throws(UploadError) -> Int {
        guard let value = json[key]?.integerValue, let number = Int(exactly: value), number >= 0 else {
            throw .damaged("\(key) is no number of things")
        }
        return number
    }

    private static func range(_ json: JSONValue) throws(UploadError) -> Range<Int> {
        guard let lower = json[0]?.integerValue.flatMap({ Int(exactly: $0) }),
            let upper = json[1]?.integerValue.flatMap({ Int(exactly: $0) }), lower >= 0, lower <= upper
        else { throw .damaged("a range is none") }
        return lower..<upper
    }

    private static func value(_ number: Int) -> JSONValue { .integer(Int64(number)) }

    private static func value(_ number: Int64?) -> JSONValue { number.map { .integer($0) } ?? .null }

    private static func value(_ lower: Int, _ upper: Int) -> JSONValue { .array([value(lower), value(upper)]) }
}
