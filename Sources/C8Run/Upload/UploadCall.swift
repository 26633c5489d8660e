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
    /// Nothing is sent: each batch's values are shown.
    let isDryRun: Bool
    private let fields = RejectionFields()

    init(
        client: PlatformClient, binding: Binding, field: String, body: JSONValue, maximumResponseBytes: Int,
        isDryRun: Bool
    ) {
        self.isDryRun = isDryRun
        self.client = client
        self.binding = binding
        self.field = field
        self.body = body
        self.maximumResponseBytes = maximumResponseBytes
    }

    /// Sends some rows of a batch. The upload itself decides what is sent again.
    func send(_ slice: UploadSlice, of batch: Batch) async throws(ClientError) -> BatchAnswer {
        var members = body.objectValue ?? [:]
        var options = CallOptions().over(binding)
        options.mayBeRepeated = false
        options.maximumResponseBytes = maximumResponseBytes
        // A batch is held against the fields as a whole once. The others differ in their values alone, which are written
        // as they are.
        if batch.number > 0, !isDryRun, binding.method.sendsBody, !binding.multipart,
            !binding.path.fieldNames.contains(field)
        {
            options.validates = false
            options.array = (field, batch.jsonElements(of: slice))
        } else {
            members[field] = .array(slice.rows.map { .string(batch.value(at: $0)) })
        }
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
