package import C8Platform

/// What the emulator was asked so far, for tests: counts of everything, and the latest requests one by one.
package struct RequestLog: Sendable {
    /// How many requests are kept one by one; older ones are only counted.
    package static let capacity = 10_000

    /// The latest requests, oldest first.
    package private(set) var records: [RequestRecord] = []
    /// How often each operation was asked for, whatever the answer; get-token is `auth.get_token`.
    package private(set) var calls: [OperationID: Int] = [:]
    /// How often get-token handed out a token.
    package private(set) var tokensIssued = 0
    /// All requests, those to unknown paths included.
    package private(set) var total = 0

    /// How often get-token was called, whatever the answer.
    package var getTokenCount: Int {
        calls["auth.get_token"] ?? 0
    }

    mutating func append(_ record: RequestRecord) {
        total += 1
        if let operation = record.operation {
            calls[operation, default: 0] += 1
            if operation == "auth.get_token", record.code == 200 {
                tokensIssued += 1
            }
        }
        // Dropping half at a time keeps appending cheap.
        if records.count >= Self.capacity {
            records.removeFirst(Self.capacity / 2)
        }
        records.append(record)
    }
}
