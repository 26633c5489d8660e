/// Why a text is no base URL, worded to follow the setting's name.
struct BaseURLError: Error, Sendable, Equatable {
    let reason: String

    init(_ reason: String) { self.reason = reason }
}
