import C8Client
import C8Flow
import C8Platform
import OrderedCollections

/// Sends batches as calls of one operation.
struct UploadCall: Sendable {
    let client: PlatformClient
    let binding: Binding
    let field: String
    let body: JSONValue
    let maximumResponseBytes: Int
    private let fields = RejectionFields()

    init(client: PlatformClient, binding: Binding, field: String, body: JSONValue, maximumResponseBytes: Int) {
        self.client = client
        self.binding = binding
        self.field = field
        self.body = body
        self.maximumResponseBytes = maximumResponseBytes
    }

    /// Sends some rows of a batch. The upload itself decides what is sent again.
    func send(_ slice: UploadSlice, of batch: Batch) async throws(ClientError) -> BatchAnswer {
        var members = body.objectValue ?? [:]
        members[field] = .array(slice.rows.map { .string(batch.value(at: $0)) })
        var options = CallOptions().over(binding)
        options.mayBeRepeated = false
        // A batch is held against the fields as a whole once: the others differ in their values alone.
        options.validates = batch.number == 0
        options.maximumResponseBytes = maximumResponseBytes
        switch try await client.perform(binding, body: .object(members), options: options) {
        case .envelope(let envelope):
            return fields.read((try? envelope.data?.value()) ?? .null, of: slice, in: batch)
        case .withheld: return .accepted(slice.count)
        case .file:
            throw ClientError(
                kind: .http, message: "\(binding.id): answered a batch with a file", operation: binding.id, attempts: 1,
                outcome: .unknown)
        }
    }
}
