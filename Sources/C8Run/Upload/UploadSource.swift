import C8Flow

/// Gives the rows of an upload in their order. Used by one task at a time.
protocol UploadSource: Sendable {
    /// What is read, so that a changed input is recognised.
    var identity: InputIdentity { get }
    /// How many rows there are, about; nil where that is unknown.
    func estimatedRows() async -> Int?

    /// Does beforehand what ``next()`` needs, where it can; what fails, that finds again.
    func prepare() async

    /// The next rows that are to be sent, with those that are left out on the way; nil at the end.
    func next() async throws -> UploadPart?
}

extension UploadSource {
    func prepare() async {}
}
