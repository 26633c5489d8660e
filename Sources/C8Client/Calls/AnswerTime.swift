import C8HTTP
import C8Platform

/// The platform's clock, as its answers tell it.
enum AnswerTime {
    /// As seconds this is in the year 5138, as milliseconds in 1973.
    private static let leastMilliseconds = 1e11

    /// Seconds since 1970; nil where the answer tells none.
    ///
    /// The page calls an envelope's timestamp seconds and shows milliseconds (获取 AccessToken, 1.2), so its size decides. A
    /// header's is in whole seconds.
    static func seconds(_ envelope: Envelope?, _ response: HTTPResponse) -> Double? {
        if let timestamp = envelope?.timestamp, timestamp > 0 {
            return Double(timestamp) < leastMilliseconds ? Double(timestamp) : Double(timestamp) / 1000
        }
        return response.header(named: "date").flatMap { HTTPDate.seconds($0) }
    }
}
